/**
 * Simulated focal stacks, laid out and named as the FocusPath data set is: drawn tissue put out of focus by diffraction.
 * Source of the layout: Hosseini et al., "Focus Quality Assessment of High-Throughput Whole Slide Imaging in Digital
 * Pathology" (IEEE TMI 2020), data set FocusPath.
 * @module
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArgumentError, ASSUMED_OPTICS, blurFromDefocus } from '@parfocal/core';
import { toWriteError } from '@parfocal/node';
import sharp from 'sharp';
import { cutTissue, PHANTOM_SLIDE_PX } from '../data/phantom-images.ts';
import { resolvePhantomOptions } from '../phantom/options.ts';
import { createPhantomRenderer } from '../phantom/render.ts';
import { defocusedField } from './defocused-field.ts';
import { lightOfValue, valueOfLight } from './light.ts';
import { plainMicroscope } from './microscope.ts';
import { type Random, seededRandom } from './random.ts';

/** What to make. */
export interface SimulatedFocusPathOptions {
	/** Phantoms, each of another seed and stain. */
	readonly slides: number;
	/** Stacks a slide. */
	readonly positions: number;
	/** Planes a stack. */
	readonly slices: number;
	/** Side of the square patches, in pixels. */
	readonly sidePx: number;
	/** Distance of neighbouring planes. */
	readonly stepUm: number;
	readonly mpp: number;
	readonly seed: number;
	readonly signal?: AbortSignal;
	readonly onProgress?: (done: number, total: number) => void;
}

/** What was made. */
export interface SimulatedFocusPath {
	readonly patches: number;
	/** Name of the list in the folder. */
	readonly list: string;
}

/** Seeds of the drawn slides begin here: other than those that our weights were trained on and tested with. */
const FIRST_SEED = 5000;
const ATTEMPTS = 400;
/** Deviation of the camera's noise, in grey levels. */
const NOISE = 1;

/**
 * Writes patches `SlideSS_StripTT_SliceLL_PositionPP.png` and `list.csv` (`path,z,split`, with z counted in planes from the
 * sharpest, signed, and whole slides on one side of the split), and a note that says that all of it is simulated.
 * @throws {ArgumentError} for sizes that make no sense, or when the drawn tissue has too few places of that size
 * @throws {WriteError} when a file cannot be written
 * @throws the signal's reason when stopped; what was written stays
 * @example
 * ```ts
 * await writeSimulatedFocusPath('stacks', { slides: 5, positions: 4, slices: 8, sidePx: 256, stepUm: 0.75, mpp: 0.25, seed: 1 });
 * ```
 */
export async function writeSimulatedFocusPath(
	folder: string,
	options: SimulatedFocusPathOptions,
): Promise<SimulatedFocusPath> {
	const { slides, positions, slices, sidePx, stepUm, mpp, seed, signal, onProgress } = options;
	checkOptions(options);
	const random = seededRandom(seed).fork('focuspath');
	const microscope = plainMicroscope(mpp);
	const rows = ['path,z,split'];
	let done = 0;
	await guarded(folder, () => mkdir(folder, { recursive: true }));
	for (let slide = 1; slide <= slides; slide++) {
		const own = random.fork(`slide ${slide}`);
		for (const [i, light] of tissueOf(slide, options, own).entries()) {
			const field = defocusedField(light, sidePx, sidePx, microscope);
			const best = 1 + Math.round((slices - 1) * own.between(0.3, 0.7));
			for (let slice = 1; slice <= slices; slice++) {
				signal?.throwIfAborted();
				const z = slice - best;
				const blurred = field.blurred(blurFromDefocus(Math.abs(z) * stepUm, mpp));
				const name = `Slide${two(slide)}_Strip00_Slice${two(slice)}_Position${two(i + 1)}.png`;
				const raw = { width: sidePx, height: sidePx, channels: 3 as const };
				const png = await sharp(photographed(blurred, sidePx, own), { raw })
					.png()
					.toBuffer();
				await guarded(join(folder, name), () => writeFile(join(folder, name), png));
				rows.push(`${name},${z},${sideOf(slide, slides)}`);
				onProgress?.(++done, slides * positions * slices);
			}
		}
	}
	const list = 'list.csv';
	await guarded(join(folder, list), () => writeFile(join(folder, list), `${rows.join('\n')}\n`));
	await guarded(join(folder, 'README.md'), () => writeFile(join(folder, 'README.md'), noteOf(options)));
	return { patches: done, list };
}

/** Three planes of linear light for each position of a slide. */
function tissueOf(slide: number, options: SimulatedFocusPathOptions, random: Random): Float32Array[] {
	const { positions, sidePx, mpp, seed } = options;
	const size = { widthPx: PHANTOM_SLIDE_PX, heightPx: PHANTOM_SLIDE_PX, tissue: 'everywhere' as const };
	const phantomSeed = FIRST_SEED + 100 * seed + slide;
	const renderer = createPhantomRenderer(resolvePhantomOptions({ seed: phantomSeed, mpp, ...size }));
	const found: Float32Array[] = [];
	for (let attempt = 0; attempt < ATTEMPTS && found.length < positions; attempt++) {
		const picture = cutTissue(renderer, sidePx, random);
		if (!picture) continue;
		const area = sidePx * sidePx;
		found.push(
			Float32Array.from({ length: 3 * area }, (_, i) =>
				lightOfValue(picture.data[3 * (i % area) + Math.floor(i / area)]!),
			),
		);
	}
	if (found.length === positions) return found;
	throw new ArgumentError(
		'size',
		`The drawn tissue has only ${found.length} places of ${sidePx} px in focus, not ${positions}: ask for fewer positions or smaller patches.`,
	);
}

/** As a camera stores it: values of a display, with a little noise. */
function photographed(light: Float32Array, sidePx: number, random: Random): Buffer {
	const area = sidePx * sidePx;
	const bytes = new Uint8ClampedArray(3 * area);
	for (let c = 0; c < 3; c++) {
		for (let i = 0; i < area; i++) {
			bytes[3 * i + c] = Math.round(
				valueOfLight(light[c * area + i]!) + NOISE * (random.uniform() + random.uniform() - 1) * 2.45,
			);
		}
	}
	return Buffer.from(bytes.buffer);
}

/** 60, 20 and 20 per cent of the slides; with few slides each side has one. */
function sideOf(slide: number, slides: number): 'train' | 'validation' | 'test' {
	const held = Math.max(1, Math.round(slides / 5));
	if (slide > slides - held) return 'test';
	return slide > slides - 2 * held ? 'validation' : 'train';
}

function checkOptions({ slides, positions, slices, sidePx, stepUm }: SimulatedFocusPathOptions): void {
	if (slides < 3) throw new ArgumentError('slides', `${slides} slides cannot be split: one a side, three at least.`);
	if (positions < 1 || slices < 2) throw new ArgumentError('slices', 'A stack needs two planes at least.');
	if (sidePx < 64 || sidePx > 1024) throw new ArgumentError('size', `Patches are 64 to 1024 px wide, not ${sidePx}.`);
	if (!(stepUm > 0)) throw new ArgumentError('step-um', `Planes must lie apart, not ${stepUm} µm.`);
}

function two(value: number): string {
	return String(value).padStart(2, '0');
}

function noteOf({ slides, positions, slices, sidePx, stepUm, mpp, seed }: SimulatedFocusPathOptions): string {
	return `# Simulated focal stacks

Everything here is simulated: drawn tissue, put out of focus by the diffraction of an objective of NA ${ASSUMED_OPTICS.numericalAperture} in air, by \`parfocal simulate focuspath\`.
${slides} slides, ${positions} positions each, ${slices} planes ${stepUm} µm apart, ${sidePx} px at ${mpp} µm, seed ${seed}.
Files are named as in the FocusPath data set; \`list.csv\` has z in planes from the sharpest, and the side of the split, by slide.
`;
}

async function guarded<T>(path: string, write: () => Promise<T>): Promise<T> {
	try {
		return await write();
	} catch (error) {
		throw toWriteError(path, error);
	}
}
