/**
 * FocusPath (Hosseini et al., doi 10.5281/zenodo.3926181), and sets laid out like it, such as simulated ones.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { type FocusPathRow, parseFocusPathList } from './focuspath-list.ts';
import {
	FOCUSPATH_PATCHES,
	FOCUSPATH_SLICES,
	type FocusPathPlace,
	parseFocusPathName,
	publishedBestSlice,
} from './focuspath-structure.ts';
import {
	counted,
	type DatasetFiles,
	type Patch,
	type PatchSet,
	type SplitSide,
	stemOf,
	zClasses,
} from './patch-set.ts';

/** Classes by |z|, the last one open: 0 … 10 and 11 or more, as in the ordinal paper. */
export const FOCUSPATH_CLASSES = 12;

/** Whether the pictures, or the list where there are none, are named as FocusPath's. */
export function looksLikeFocusPath({ pictures, lists }: DatasetFiles): boolean {
	if (pictures.length > 0) return pictures.some((path) => parseFocusPathName(stemOf(path)) !== undefined);
	return lists.some((list) => parseFocusPathList(list) !== undefined);
}

/**
 * Reads FocusPath: pictures wherever they lie under the root, labels `min(|z|, 11)` from the lists at hand, else from the
 * published structure. A list of some of a stack's slices tells the z of all: slices count from the sharpest. Patches in a
 * list named `…split…` are on the training side, the others on the test side, as the published list is of training patches.
 * @throws {ArgumentError} when no picture has a label
 * @throws {FormatError} when a list is damaged
 */
export function readFocusPath({ root, pictures, lists }: DatasetFiles): PatchSet {
	const listed = lists.flatMap((list) => {
		const rows = parseFocusPathList(list);
		return rows ? [{ ...list, rows }] : [];
	});
	const own = listed.filter(({ beside }) => !beside);
	const found = own.length > 0 ? own : listed;
	const rows = found.flatMap((list) => list.rows);
	const best = bestSlices(rows);
	const published = rows.every(({ place, zLevel }) => publishedBestSlice(place) === place.slice - zLevel);
	const sides = sidesOf(found);
	const patches: Patch[] = [];
	const stray: string[] = [];
	const stems = new Set<string>();
	for (const path of pictures) {
		const stem = stemOf(path);
		const place = parseFocusPathName(stem);
		const sharpest = place && (best.get(positionOf(place)) ?? (published ? publishedBestSlice(place) : undefined));
		if (!place || sharpest === undefined || stems.has(stem)) {
			stray.push(path);
			continue;
		}
		stems.add(stem);
		const zLevel = place.slice - sharpest;
		const split = sides?.(stem);
		patches.push({
			path,
			label: Math.min(Math.abs(zLevel), FOCUSPATH_CLASSES - 1),
			zLevel,
			group: { slide: slideOf(place), position: positionOf(place) },
			...(split && { split }),
		});
	}
	if (patches.length === 0) {
		throw new ArgumentError(
			'data',
			`${root} holds none of FocusPath's pictures (Slide01_Strip00_Slice01_Position01.png …). Give the folder that the archive was unpacked to.`,
		);
	}
	const missing = rows.filter(({ stem }) => !stems.has(stem)).length;
	return {
		kind: published ? 'focuspath' : 'focuspath-like',
		root,
		patches,
		classes: zClasses(FOCUSPATH_CLASSES),
		notes: [
			...(published
				? publishedNotes(patches.length)
				: [`Taken for a set laid out like FocusPath, with labels of its own: ${countsOf(patches)}.`]),
			found.length > 0
				? `Labels from ${found.map(({ path }) => path).join(', ')} (${counted(rows.length, 'row')}).`
				: 'No list lies with the pictures: labels are those of the published set.',
			...(missing > 0
				? [`${counted(missing, 'listed patch', 'listed patches')} of ${rows.length} without a picture here.`]
				: []),
			...(stray.length > 0
				? [`${counted(stray.length, 'picture')} left out: no label, or there twice (${stray[0]}).`]
				: []),
			...unevenStacks(patches, published),
		],
	};
}

/** The slide's name, as in file names. */
function slideOf({ slide }: FocusPathPlace): string {
	return `Slide${String(slide).padStart(2, '0')}`;
}

/** The stack's name. */
function positionOf(place: FocusPathPlace): string {
	const [strip, position] = [place.strip, place.position].map((number) => String(number).padStart(2, '0'));
	return `${slideOf(place)}_Strip${strip}_Position${position}`;
}

function bestSlices(rows: readonly FocusPathRow[]): Map<string, number> {
	return new Map(rows.map(({ place, zLevel }) => [positionOf(place), place.slice - zLevel]));
}

/** Which side a patch is on: by column, else by being in a list of a split; undefined when no list says. */
function sidesOf(
	lists: readonly { readonly path: string; readonly rows: readonly FocusPathRow[] }[],
): ((stem: string) => SplitSide | undefined) | undefined {
	const stated = new Map(lists.flatMap(({ rows }) => rows.map(({ stem, split }) => [stem, split] as const)));
	if ([...stated.values()].some((side) => side !== undefined)) return (stem) => stated.get(stem);
	const training = lists.find(({ path }) => /split/i.test(stemOf(path)));
	if (!training) return undefined;
	const listed = new Set(training.rows.map(({ stem }) => stem));
	return (stem) => (listed.has(stem) ? 'train' : 'test');
}

function publishedNotes(count: number): string[] {
	const missing = FOCUSPATH_PATCHES - count;
	const whole = `Taken for FocusPath: ${counted(count, 'patch', 'patches')}`;
	if (missing === 0) return [`${whole}, all of them.`];
	return [`${whole} of ${FOCUSPATH_PATCHES.toLocaleString('en-US')}; ${missing.toLocaleString('en-US')} are missing.`];
}

function countsOf(patches: readonly Patch[]): string {
	const slides = new Set(patches.map(({ group }) => group.slide)).size;
	const stacks = new Set(patches.map(({ group }) => group.position)).size;
	return `${counted(patches.length, 'patch', 'patches')}, ${counted(stacks, 'stack')}, ${counted(slides, 'slide')}`;
}

function unevenStacks(patches: readonly Patch[], published: boolean): string[] {
	const sizes = new Map<string, number>();
	for (const { group } of patches) sizes.set(group.position, (sizes.get(group.position) ?? 0) + 1);
	const whole = published ? FOCUSPATH_SLICES : Math.max(...sizes.values());
	const [first, ...others] = [...sizes].filter(([, size]) => size !== whole);
	if (!first) return [];
	const [name, size] = first;
	return [
		`${counted(1 + others.length, 'stack')} of ${sizes.size} without some of ${whole} slices (${name} has ${size}).`,
	];
}
