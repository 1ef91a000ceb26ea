/**
 * Simulated focal stacks, laid out and named as the FocusPath data set is: drawn tissue or sharp pictures, put out of focus
 * by diffraction.
 * Source of the layout: Hosseini et al., "Focus Quality Assessment of High-Throughput Whole Slide Imaging in Digital
 * Pathology" (IEEE TMI 2020), data set FocusPath.
 * @module
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ArgumentError, ASSUMED_OPTICS } from '@parfocal/core';
import { toWriteError, writeWholeFile } from '@parfocal/node';
import type { LeftOut } from '../data/stack-sources.ts';
import { type LightPicture, photographed } from './camera.ts';
import { defocusedField, type TransferRatios, transferRatios } from './defocused-field.ts';
import { checkedReachPx, mirroredPart } from './defocused-picture.ts';
import { CHANNEL_WAVELENGTHS_UM, plainMicroscope } from './microscope.ts';
import { type Random, seededRandom } from './random.ts';
import {
	drawnSlides,
	leftOutWords,
	type Place,
	picturedSlides,
	type SlidesWanted,
	type StackSlide,
} from './stack-slides.ts';
import { pngFile } from './stored-picture.ts';

/** What to make. */
export interface SimulatedFocusPathOptions extends SlidesWanted {
	/** Sharp pictures, folders of them, or folders with a `manifest.json`; drawn tissue when left out. */
	readonly images?: readonly string[] | undefined;
	/** Planes a stack. */
	readonly slices: number;
	/** Distance of neighbouring planes. */
	readonly stepUm: number;
	readonly signal?: AbortSignal;
	readonly onLooked?: (done: number, total: number) => void;
	readonly onProgress?: (done: number, total: number) => void;
}

/** What was made. */
export interface SimulatedFocusPath {
	readonly slides: number;
	readonly patches: number;
	/** Name of the list in the folder. */
	readonly list: string;
	/** Pictures that did not serve. */
	readonly leftOut: readonly LeftOut[];
}

/** Drawn slides when nobody says how many. */
const DRAWN_SLIDES = 9;
/** Deviation of the camera's noise on white, in grey levels. */
const NOISE = 1;

/**
 * Writes patches `SlideSS_StripTT_SliceLL_PositionPP.png` (numbers beyond 99 with more digits) and
 * - `list.csv`: `path,z,split`, with z counted in planes from the sharpest, signed, and whole slides on one side of the split;
 * - `sources.csv`, where they come from pictures;
 * - `README.md`, which says that all of it is simulated.
 * @throws {ArgumentError} for sizes that make no sense, or when there is too little tissue of that size
 * @throws {ReadError} when pictures are not where they should be. @throws {FormatError} when their manifest is damaged
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
	const { slices, stepUm, seed, signal, onProgress } = options;
	checkOptions(options);
	const blur = stackBlur(options);
	const { slides, leftOut } = await slidesOf(options);
	const total = slides.reduce((sum, { positions }) => sum + positions * slices, 0);
	const random = seededRandom(seed).fork('focuspath');
	const rows: Row[] = [];
	await mkdir(folder, { recursive: true }).catch((error: unknown) => {
		throw toWriteError(folder, error);
	});
	for (const [index, { side, places }] of slides.entries()) {
		const own = random.fork(`slide ${index + 1}`);
		for (const [position, place] of (await places(own)).entries()) {
			const best = 1 + Math.round((slices - 1) * own.between(0.3, 0.7));
			const planes = blur(place);
			for (let slice = 1; slice <= slices; slice++) {
				signal?.throwIfAborted();
				const z = slice - best;
				const row = { slide: index + 1, slice, position: position + 1, z, side };
				await writeWholeFile(join(folder, nameOf(row)), await patch(planes(z * stepUm), own));
				rows.push(row);
				onProgress?.(rows.length, total);
			}
		}
	}
	const write = (name: string, text: string): Promise<void> => writeWholeFile(join(folder, name), Buffer.from(text));
	if (options.images) await write('sources.csv', sourceList(slides));
	await write('README.md', noteOf(options, slides, leftOut));
	const list = 'list.csv';
	await write(list, `path,z,split\n${rows.map((row) => `${nameOf(row)},${row.z},${row.side}\n`).join('')}`);
	return { slides: slides.length, patches: rows.length, list, leftOut };
}

async function slidesOf(
	options: SimulatedFocusPathOptions,
): Promise<{ readonly slides: readonly StackSlide[]; readonly leftOut: readonly LeftOut[] }> {
	const { images, slides = DRAWN_SLIDES, signal, onLooked } = options;
	if (!images) return { slides: drawnSlides({ ...options, slides }), leftOut: [] };
	return picturedSlides(images, options, { ...(signal && { signal }), ...(onLooked && { onLooked }) });
}

/** Puts places out of focus; what the microscope passes at each height is computed once for all of them. */
function stackBlur({
	mpp,
	sidePx,
	slices,
	stepUm,
}: SimulatedFocusPathOptions): (place: Place) => (zUm: number) => LightPicture {
	const microscope = plainMicroscope(mpp);
	const margin = checkedReachPx(microscope, slices * stepUm);
	const known = new Map<number, TransferRatios>();
	return ({ picture, left, top }) => {
		const side = sidePx + 2 * margin;
		const around = mirroredPart(picture, left - margin, top - margin, side, side);
		const field = defocusedField(around.light, side, side, microscope);
		return (zUm) => {
			const ratios = known.get(zUm) ?? transferRatios(microscope, zUm);
			known.set(zUm, ratios);
			const blurred = { widthPx: side, heightPx: side, light: field.filtered(ratios) };
			return mirroredPart(blurred, margin, margin, sidePx, sidePx);
		};
	};
}

/** As a camera stores it: values of a display, with a little noise. */
async function patch(light: LightPicture, random: Random): Promise<Uint8Array> {
	const { widthPx, heightPx } = light;
	return pngFile({ widthPx, heightPx, data: photographed(light, { noise: NOISE }, random) });
}

/** A patch of the set. */
interface Row {
	readonly slide: number;
	readonly slice: number;
	readonly position: number;
	readonly z: number;
	readonly side: StackSlide['side'];
}

function nameOf({ slide, slice, position }: Row): string {
	return `Slide${two(slide)}_Strip00_Slice${two(slice)}_Position${two(position)}.png`;
}

function sourceList(slides: readonly StackSlide[]): string {
	const rows = slides.flatMap(({ side, sources }, i) =>
		sources.map(({ name, group, path, licence, attribution }) => {
			const source = group === path ? name : group;
			return [`Slide${two(i + 1)}`, side, name, source, licence, attribution].map(field).join(',');
		}),
	);
	return `slide,split,picture,source,licence,attribution\n${rows.map((row) => `${row}\n`).join('')}`;
}

/** A field of a table (RFC 4180). */
function field(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function checkOptions({ slides, positions, slices, sidePx, stepUm }: SimulatedFocusPathOptions): void {
	if (slides !== undefined && slides < 3) {
		throw new ArgumentError('slides', `${slides} slides cannot be split: one a side, three at least.`);
	}
	if (positions < 1 || slices < 2) throw new ArgumentError('slices', 'A stack needs two planes at least.');
	if (sidePx < 64 || sidePx > 1024) throw new ArgumentError('size', `Patches are 64 to 1024 px wide, not ${sidePx}.`);
	if (!(stepUm > 0)) throw new ArgumentError('step-um', `Planes must lie apart, not ${stepUm} µm.`);
}

function two(value: number): string {
	return String(value).padStart(2, '0');
}

function noteOf(
	options: SimulatedFocusPathOptions,
	slides: readonly StackSlide[],
	leftOut: readonly LeftOut[],
): string {
	const { images, positions, slices, sidePx, stepUm, mpp, seed } = options;
	const of = images ? 'sharp pictures' : 'drawn tissue';
	return `# Simulated focal stacks

Everything here is simulated: ${of}, put out of focus by the diffraction of an objective of NA ${ASSUMED_OPTICS.numericalAperture} in air, by \`parfocal simulate focuspath\`.
${slides.length} slides, ${images ? 'up to ' : ''}${positions} positions each, ${slices} planes ${stepUm} µm apart, ${sidePx} px at ${mpp} µm, seed ${seed}.
Wavelengths of R, G, B ${CHANNEL_WAVELENGTHS_UM.join(', ')} µm, no aberrations, sensor noise of ${NOISE} grey level on white.
Files are named as in the FocusPath data set; \`list.csv\` has z in planes from the sharpest, and the side of the split, by slide.
${
	images
		? `\`sources.csv\` has the pictures behind each slide: their licences hold for what was made of them. Pictures of unknown pixel size were taken to be of ${mpp} µm. Left out: ${leftOut.length === 0 ? 'none' : leftOutWords(leftOut)}.\n`
		: ''
}`;
}
