/**
 * Simulated focal stacks as folders: a picture a plane, `series.csv`, and a note that says what was simulated.
 * @module
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFolder } from '@parfocal/node';
import { tissuePlanesUm } from './microscope.ts';
import { jpegFile, pngFile, type StoredPicture } from './stored-picture.ts';
import { simulatedPlanes, type ZStackSettings } from './zstack.ts';

/** How to write a stack. */
export interface WriteZStackOptions extends ZStackSettings {
	/** The picture, as the note names it. */
	readonly source: string;
	readonly signal?: AbortSignal;
	readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Writes `z-08.png … z+00.png … z+08.png` (`.jpg` with JPEG settings), `series.csv` (`path,zUm`) and `README.md` to `folder`,
 * which appears when all of it is there. Other files in it stay.
 * @returns names of the pictures, lowest plane first
 * @throws {ArgumentError} for settings that cannot be, or a picture too large
 * @throws {WriteError} when it cannot be written
 * @throws the signal's reason when stopped; the folder is then as it was
 */
export async function writeZStack(
	folder: string,
	picture: StoredPicture,
	options: WriteZStackOptions,
): Promise<string[]> {
	const { first, last, jpeg, signal, onProgress } = options;
	const total = last - first + 1;
	const digits = Math.max(2, ...[first, last].map((plane) => String(Math.abs(plane)).length));
	const names: string[] = [];
	const rows = ['path,zUm'];
	const write = async (temporary: string): Promise<void> => {
		for await (const plane of simulatedPlanes(picture, options)) {
			signal?.throwIfAborted();
			const sign = plane.plane < 0 ? '-' : '+';
			const number = String(Math.abs(plane.plane)).padStart(digits, '0');
			const name = `z${sign}${number}.${jpeg ? 'jpg' : 'png'}`;
			await writeFile(join(temporary, name), await (jpeg ? jpegFile(plane, jpeg) : pngFile(plane)));
			names.push(name);
			rows.push(`${name},${Number(plane.zUm.toFixed(6))}`);
			onProgress?.(names.length, total);
		}
		await writeFile(join(temporary, 'series.csv'), `${rows.join('\n')}\n`);
		await writeFile(join(temporary, 'README.md'), zStackNote(options));
	};
	await replaceFolder(folder, write, { owned: ['series.csv', 'README.md'], ...(signal && { signal }) });
	return names;
}

/** The note: that it is simulated, of what, and all settings. */
export function zStackNote(options: WriteZStackOptions): string {
	const { source, microscope, first, last, stepUm, camera, stain, storedMpp, jpeg, seed } = options;
	const { sphericalWaves = 0, chromaticShiftUm = 0, thicknessUm = 0 } = microscope;
	const settings: readonly (readonly [string, string])[] = [
		['source picture', source],
		[
			'planes',
			`${first} to ${last}, ${stepUm} µm apart; z grows as the stage brings the tissue nearer to the objective`,
		],
		['pixel size', `${microscope.mpp} µm${storedMpp === undefined ? '' : `, stored at ${storedMpp} µm`}`],
		['numerical aperture', `${microscope.numericalAperture}, refractive index ${microscope.refractiveIndex}`],
		['wavelengths of R, G, B', `${microscope.wavelengthUm.join(', ')} µm`],
		['spherical aberration W040', `${sphericalWaves} waves of G`],
		['longitudinal chromatic aberration', `R in focus at ${chromaticShiftUm} µm, B at ${-chromaticShiftUm || 0} µm`],
		['thickness of tissue', `${thicknessUm} µm, as ${tissuePlanesUm(microscope).length} plane(s)`],
		['stain', stain ? `optical density x ${stain.join(', ')}` : 'as in the picture'],
		['vignetting', `${camera.vignetting ?? 0} of the light missing in the corners`],
		['noise', `${camera.noise ?? 0} grey levels on white`],
		['white balance', (camera.whiteBalance ?? [1, 1, 1]).join(', ')],
		['display curve', camera.gamma === undefined ? 'sRGB' : `gamma ${camera.gamma}`],
		['sharpening', `${camera.sharpening ?? 0}`],
		['stored as', jpeg ? `JPEG, quality ${jpeg.quality}, ${jpeg.chromaSubsampling}` : 'PNG'],
		['seed', `${seed}`],
	];
	return `# Simulated focal stack

These pictures are simulated by \`parfocal simulate zstack\`: one sharp picture put out of focus by the diffraction of a microscope.
\`series.csv\` has the height of each plane from best focus, in µm.

| what | value |
| --- | --- |
${settings.map(([what, value]) => `| ${what} | ${value.replaceAll('|', '\\|')} |`).join('\n')}
`;
}
