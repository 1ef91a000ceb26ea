/**
 * The slides that simulated focal stacks are made of: drawn ones, and groups of sharp pictures.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { cutTissue, PHANTOM_SLIDE_PX } from '../data/phantom-images.ts';
import type { SplitSide } from '../data/sets/patch-set.ts';
import { shuffled } from '../data/shuffled.ts';
import { findStackSources, type LeftOut, type StackSource, usableSource } from '../data/stack-sources.ts';
import { resolvePhantomOptions } from '../phantom/options.ts';
import { createPhantomRenderer } from '../phantom/render.ts';
import { asLight, type LightPicture } from './camera.ts';
import type { Random } from './random.ts';

/** A square of tissue in focus, with what is around it. */
export interface Place {
	readonly picture: LightPicture;
	readonly left: number;
	readonly top: number;
}

/** A slide: all that must stay on one side of a split. */
export interface StackSlide {
	readonly side: SplitSide;
	/** Stacks that it gives. */
	readonly positions: number;
	/** What it is made of; none for drawn ones. */
	readonly sources: readonly StackSource[];
	/** Its places, read or drawn when they are asked for. */
	places(random: Random): Promise<readonly Place[]>;
}

/** What slides are wanted. */
export interface SlidesWanted {
	/** How many; of pictures all that there are when left out. */
	readonly slides?: number | undefined;
	/** Stacks a slide: of pictures at most. */
	readonly positions: number;
	readonly sidePx: number;
	readonly mpp: number;
	readonly seed: number;
}

/** Seeds of the drawn slides begin here: other than those that our weights were trained on and tested with. */
const FIRST_SEED = 5000;
const ATTEMPTS = 400;

/** Drawn slides, each of another seed and stain. */
export function drawnSlides(wanted: SlidesWanted & { readonly slides: number }): StackSlide[] {
	const { slides, positions, sidePx } = wanted;
	return Array.from({ length: slides }, (_, i) => ({
		side: sideOf(i, slides),
		positions,
		sources: [],
		places: async (random) =>
			drawnTissue(i + 1, wanted, random).map((data) => {
				return { picture: asLight({ widthPx: sidePx, heightPx: sidePx, data }), left: 0, top: 0 };
			}),
	}));
}

function drawnTissue(slide: number, { positions, sidePx, mpp, seed }: SlidesWanted, random: Random): Uint8Array[] {
	const size = { widthPx: PHANTOM_SLIDE_PX, heightPx: PHANTOM_SLIDE_PX, tissue: 'everywhere' as const };
	const renderer = createPhantomRenderer(
		resolvePhantomOptions({ seed: FIRST_SEED + 100 * seed + slide, mpp, ...size }),
	);
	const found: Uint8Array[] = [];
	for (let attempt = 0; attempt < ATTEMPTS && found.length < positions; attempt++) {
		const picture = cutTissue(renderer, sidePx, random);
		if (picture) found.push(picture.data);
	}
	if (found.length === positions) return found;
	throw new ArgumentError(
		'size',
		`The drawn tissue has only ${found.length} places of ${sidePx} px in focus, not ${positions}: ask for fewer positions or smaller patches.`,
	);
}

/**
 * The slides behind pictures: a slide a group of `findStackSources`, in the order of their names, those on each side chosen
 * by the seed. Every picture is looked at once here and read again when its places are asked for.
 * @throws {ArgumentError} when fewer than three groups serve
 * @throws {ReadError} when a path does not exist. @throws {FormatError} when a manifest is damaged
 */
export async function picturedSlides(
	paths: readonly string[],
	wanted: SlidesWanted,
	{
		signal,
		onLooked,
	}: { readonly signal?: AbortSignal; readonly onLooked?: (done: number, total: number) => void } = {},
): Promise<{ readonly slides: readonly StackSlide[]; readonly leftOut: readonly LeftOut[] }> {
	const { positions, seed } = wanted;
	const sources = await findStackSources(paths);
	const groups = new Map<string, { source: StackSource; squares: number }[]>();
	const leftOut: LeftOut[] = [];
	for (const [i, source] of sources.entries()) {
		signal?.throwIfAborted();
		const usable = await usableSource(source, wanted);
		if ('reason' in usable) leftOut.push(usable);
		else groups.set(source.group, [...(groups.get(source.group) ?? []), { source, squares: usable.squares.length }]);
		onLooked?.(i + 1, sources.length);
	}
	if (groups.size < 3) {
		const reasons = leftOut.length === 0 ? '' : ` Left out: ${leftOutWords(leftOut)}.`;
		throw new ArgumentError(
			'images',
			`${groups.size} slides have pictures that serve, of ${sources.length} pictures given; a split by slide takes three slides at least.${reasons}`,
		);
	}
	const chosen = shuffled(groups.keys(), seed, 'slides').slice(0, wanted.slides ?? groups.size);
	const sides = new Map(chosen.map((group, i) => [group, sideOf(i, chosen.length)]));
	const slides = chosen.toSorted().map((group): StackSlide => {
		const members = groups.get(group)!;
		const squares = members.reduce((sum, member) => sum + member.squares, 0);
		return {
			side: sides.get(group)!,
			positions: Math.min(positions, squares),
			sources: members.map(({ source }) => source),
			places: (random) => placesOf(members, wanted, random),
		};
	});
	return { slides, leftOut };
}

/** Squares of a slide's pictures in a random order, and only the pictures that are needed held as light. */
async function placesOf(
	members: readonly { readonly source: StackSource; readonly squares: number }[],
	wanted: SlidesWanted,
	random: Random,
): Promise<Place[]> {
	const all = members.flatMap(({ squares }, member) =>
		Array.from({ length: squares }, (_, square) => ({ member, square })),
	);
	const chosen = shuffled(all, random.below(2 ** 30), 'places').slice(0, wanted.positions);
	const places: Place[] = [];
	for (const [i, { source }] of members.entries()) {
		const own = chosen.filter(({ member }) => member === i);
		if (own.length === 0) continue;
		const usable = await usableSource(source, wanted);
		if ('reason' in usable) {
			throw new ArgumentError('images', `${source.path} changed while it was used: it is ${usable.reason} now.`);
		}
		const picture = asLight(usable.image);
		for (const { square } of own) places.push({ picture, ...usable.squares[square]! });
	}
	return places;
}

/** Pictures left out, by reason: `3 too soft, 1 JPEG-worn`. */
export function leftOutWords(leftOut: readonly LeftOut[]): string {
	const counts = new Map<string, number>();
	for (const { reason } of leftOut) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	return [...counts].map(([reason, count]) => `${count} ${reason}`).join(', ');
}

/** 60, 20 and 20 per cent of the slides; with few slides each side has one. */
function sideOf(index: number, slides: number): SplitSide {
	const held = Math.max(1, Math.round(slides / 5));
	if (index >= slides - held) return 'test';
	return index >= slides - 2 * held ? 'validation' : 'train';
}
