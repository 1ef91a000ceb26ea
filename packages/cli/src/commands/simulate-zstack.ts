/**
 * `parfocal simulate zstack`.
 * @module
 */
import { readdir } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { ArgumentError, isParfocalError, type Slide, WriteError } from '@parfocal/core';
import type { CHROMA_SUBSAMPLINGS, PerChannel, ZStackSettings } from '@parfocal/lab';
import { openSlideFile } from '@parfocal/node';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { expandPaths, isAddress, shownPath } from '../expand-paths.ts';
import { freeName } from '../expand-slides.ts';
import { createProgress, type Progress } from '../progress.ts';
import type { PlaneRange } from '../simulate-flags.ts';

/** File name endings that make a file in a folder a picture. */
const PICTURE_ENDINGS = ['.png', '.jpg', '.jpeg', '.tif', '.tiff', '.webp'];

/** Flags of `parfocal simulate zstack`. */
export interface SimulateZStackFlags {
	readonly out: string;
	readonly planes: PlaneRange;
	readonly stepUm: number;
	readonly na: number;
	readonly refractiveIndex: number;
	readonly mpp?: number;
	readonly spherical?: number;
	readonly chromaticUm?: number;
	readonly thicknessUm?: number;
	readonly stain?: number;
	readonly vignetting?: number;
	readonly noise?: number;
	readonly whiteBalance?: PerChannel;
	readonly gamma?: number;
	readonly sharpening?: number;
	readonly storedMpp?: number;
	readonly jpegQuality?: number;
	readonly jpegSubsampling: (typeof CHROMA_SUBSAMPLINGS)[number];
	readonly seed: number;
	readonly json?: boolean;
	readonly quiet?: boolean;
}

/** Makes a focal stack of each picture; one that cannot be read never stops the others. */
export default async function simulateZStack(
	this: Context,
	flags: SimulateZStackFlags,
	...args: string[]
): Promise<void> {
	const { stdout, stderr } = this.process;
	const { out, json = false, quiet = false } = flags;
	const root = resolve(this.cwd, out);
	const there = await readdir(root).catch(() => []);
	if (there.length > 0) {
		throw new WriteError(root, 'exists', `${out} is not empty. Choose another folder with --out, or empty it.`);
	}
	const files = await expandPaths(args, this.cwd, PICTURE_ENDINGS);
	const progress = createProgress(stderr, !quiet && !json);
	const taken = new Set<string>();
	for (const file of files) {
		const name = freeName(basename(file, extname(file)) || 'picture', taken);
		try {
			const planes = await stackOf(this, file, join(root, name), flags, progress);
			const { first, last } = flags.planes;
			const [from, to] = [first, last].map((plane) => Number((plane * flags.stepUm).toFixed(6)));
			const folder = join(out, name);
			if (json) stdout.write(`${JSON.stringify({ image: shownPath(file), folder, planes, simulated: true })}\n`);
			else if (!quiet) stdout.write(`${folder}: ${planes.length} simulated planes, ${from} to ${to} µm\n`);
		} catch (error) {
			// A picture's own fault goes by; that of a flag would be every picture's.
			const tooLarge = error instanceof ArgumentError && error.argument === 'image';
			if (this.signal.aborted || !(tooLarge || isParfocalError(error, 'read', 'format'))) throw error;
			stderr.write(`parfocal: ${tooLarge ? `${shownPath(file)}: ` : ''}${error.message}\n`);
			this.process.exitCode = EXIT.notRead;
		}
	}
}

async function stackOf(
	{ cwd, signal }: Context,
	file: string,
	folder: string,
	flags: SimulateZStackFlags,
	progress: Progress,
): Promise<string[]> {
	const lab = await import('@parfocal/lab');
	const opening = { signal, ...(flags.mpp !== undefined && { mpp: flags.mpp }) };
	const slide = await openSlideFile(isAddress(file) ? file : resolve(cwd, file), opening);
	try {
		const { widthPx, heightPx } = slide.levels[0]!;
		const settings = settingsOf(flags, pixelSize(slide, file), lab.CHANNEL_WAVELENGTHS_UM);
		lab.checkZStack({ widthPx, heightPx }, settings);
		const picture = await slide.readRegion(0, { x: 0, y: 0, widthPx, heightPx }, { signal });
		progress.start(shownPath(file));
		return await lab.writeZStack(folder, picture, {
			...settings,
			source: shownPath(file),
			signal,
			onProgress: (done, total) => progress.update(done, total),
		});
	} finally {
		progress.clear();
		await slide.close();
	}
}

function pixelSize({ mpp }: Slide, file: string): number {
	if (mpp) return mpp.x;
	throw new ArgumentError('mpp', `${shownPath(file)} does not say how large its pixels are. Give it in µm with --mpp.`);
}

function settingsOf(flags: SimulateZStackFlags, mpp: number, wavelengthUm: PerChannel): ZStackSettings {
	const { planes, stepUm, na, refractiveIndex, spherical, chromaticUm, thicknessUm, stain } = flags;
	const { vignetting, noise, whiteBalance, gamma, sharpening, storedMpp, jpegQuality, jpegSubsampling, seed } = flags;
	const objective = { numericalAperture: na, refractiveIndex, mpp, wavelengthUm };
	const aberrations = { sphericalWaves: spherical, chromaticShiftUm: chromaticUm };
	return {
		...planes,
		stepUm,
		microscope: { ...objective, ...aberrations, thicknessUm },
		camera: { vignetting, noise, whiteBalance, gamma, sharpening },
		stain: stain === undefined ? undefined : [stain, stain, stain],
		storedMpp,
		jpeg: jpegQuality === undefined ? undefined : { quality: jpegQuality, chromaSubsampling: jpegSubsampling },
		seed,
	};
}
