/**
 * TCGA@Focus (Wang et al., "FocusLiteNN", MICCAI 2020, doi 10.5281/zenodo.3910757): patches of many organs, in or out of
 * focus. In the published list 0 is in focus and 1 is out of focus, the reverse of the paper's text.
 * @module
 */
import { ArgumentError, FormatError } from '@parfocal/core';
import { counted, type DatasetFiles, type ListFile, type Patch, type PatchSet } from './patch-set.ts';

/** Pictures in the archive, and rows in the published list. */
export const TCGA_FOCUS_PICTURES = 19_346;
export const TCGA_FOCUS_LISTED = 14_371;

/** Side of a patch in pixels of the slide; patches nearer to each other overlap. */
const PATCH_PX = 1024;

/** The three folders, the organ, the slide, and where on it the patch lies. */
const PATH =
	/(?:^|\/)((In Focus|Out of Focus|Out of Focus \(Marker\))\/([^/]+)\/([^/]+)\/patch_i_(\d+)_j_(\d+)\.png)$/i;

/** A row of the published list. */
export interface TcgaFocusRow {
	/** Path within the folder of patches, beginning with `In Focus` or `Out of Focus`. */
	readonly path: string;
	readonly organ: string;
	readonly marker: boolean;
	/** 0 in focus, 1 out of focus. */
	readonly label: number;
}

/**
 * The rows of the published list: path, organ, marker, label. Paths and organs hold spaces, and may hold commas: the last
 * two fields are the flags, and the organ is also a folder of the path. Undefined when it is another list.
 * @throws {FormatError} when a row is not as the first is
 */
export function parseTcgaFocusList({ path, rows }: ListFile): TcgaFocusRow[] | undefined {
	if (!parseRow(rows[0] ?? [])) return undefined;
	return rows.map((row, i) => {
		const parsed = parseRow(row);
		if (parsed) return parsed;
		throw new FormatError('list', 'corrupt', `${path}, row ${i + 1}: "${row.join(',')}" is not a patch of TCGA@Focus.`);
	});
}

function parseRow(row: readonly string[]): TcgaFocusRow | undefined {
	const match = /^(.*?\.png),(.*),([01]),([01])$/i.exec(row.join(','));
	const place = PATH.exec(match?.[1] ?? '');
	if (!match || !place) return undefined;
	return { path: place[1]!, organ: match[2]!, marker: match[3] === '1', label: Number(match[4]) };
}

/** Whether pictures, or the list where there are none, are laid out as TCGA@Focus's. */
export function looksLikeTcgaFocus({ pictures, lists }: DatasetFiles): boolean {
	if (pictures.length > 0) return pictures.some((path) => PATH.test(path));
	return lists.some((list) => parseTcgaFocusList(list) !== undefined);
}

/**
 * Reads TCGA@Focus: with a list its patches, else all pictures, labelled by their folder. Patches whose places on the slide
 * overlap share a position.
 * @throws {ArgumentError} when no patch has a picture
 * @throws {FormatError} when the list is damaged
 */
export function readTcgaFocus({ root, pictures, lists }: DatasetFiles): PatchSet {
	const here = new Map(pictures.flatMap((path) => keyed(path)));
	const list = lists.find((each) => parseTcgaFocusList(each));
	const rows = list && parseTcgaFocusList(list);
	const wanted = rows ?? [...here.keys()].map(rowOfFolder);
	const present = wanted.filter(({ path }) => here.has(path));
	if (present.length === 0) {
		throw new ArgumentError(
			'data',
			`${root} holds none of the pictures of TCGA@Focus (In Focus/…/patch_i_…_j_….png). Give the folder that the archive was unpacked to.`,
		);
	}
	const positions = overlapping(present.map(({ path }) => path));
	const patches = present.map(
		({ path, label, marker }, i): Patch => ({
			path: here.get(path)!,
			label,
			group: { slide: PATH.exec(path)![4]!, position: positions[i]! },
			...(marker && { marker }),
		}),
	);
	return {
		kind: 'tcga-focus',
		root,
		patches,
		classes: ['in focus', 'out of focus'],
		notes: notesOf(patches, list, wanted.length, here.size),
	};
}

function keyed(path: string): [string, string][] {
	const match = PATH.exec(path);
	return match ? [[match[1]!, path]] : [];
}

function rowOfFolder(path: string): TcgaFocusRow {
	const [, , folder = '', organ = ''] = PATH.exec(path)!;
	return { path, organ, marker: /marker/i.test(folder), label: /^in focus$/i.test(folder) ? 0 : 1 };
}

/** A name for each patch, shared by those that overlap directly or through others. */
function overlapping(paths: readonly string[]): string[] {
	const bySlide = new Map<string, { index: number; x: number; y: number }[]>();
	paths.forEach((path, index) => {
		const [, , , , slide = '', i, j] = PATH.exec(path)!;
		const others = bySlide.get(slide) ?? [];
		others.push({ index, x: Number(i), y: Number(j) });
		bySlide.set(slide, others);
	});
	const names = new Array<string>(paths.length);
	for (const [slide, patches] of bySlide) {
		let position = 0;
		for (const start of patches) {
			if (names[start.index] !== undefined) continue;
			const name = `${slide}#${++position}`;
			names[start.index] = name;
			const queue = [start];
			for (let at = queue.pop(); at; at = queue.pop()) {
				const { x, y } = at;
				for (const other of patches) {
					const apart = Math.abs(other.x - x) >= PATCH_PX || Math.abs(other.y - y) >= PATCH_PX;
					if (apart || names[other.index] !== undefined) continue;
					names[other.index] = name;
					queue.push(other);
				}
			}
		}
	}
	return names;
}

function notesOf(patches: readonly Patch[], list: ListFile | undefined, wanted: number, pictures: number): string[] {
	const expected = list ? TCGA_FOCUS_LISTED : TCGA_FOCUS_PICTURES;
	const blurry = patches.filter(({ label }) => label === 1).length;
	const marked = patches.filter(({ marker }) => marker).length;
	const shared = patches.length - new Set(patches.map(({ group }) => group.position)).size;
	const places = list ? `listed in ${list.path}` : 'labelled by their folders, as no list lies with them';
	const missing = wanted - patches.length;
	const extra = pictures - patches.length;
	return [
		`Taken for TCGA@Focus: ${counted(patches.length, 'patch', 'patches')} ${places}; ${counted(blurry, 'patch', 'patches')} out of focus, ${marked.toLocaleString('en-US')} of them with marker.`,
		...(wanted === expected
			? []
			: [
					`The published ${list ? 'list has' : 'archive has'} ${expected.toLocaleString('en-US')}, this one ${wanted.toLocaleString('en-US')}.`,
				]),
		...(missing > 0 ? [`${counted(missing, 'listed patch', 'listed patches')} without a picture here.`] : []),
		...(list && extra > 0 ? [`${counted(extra, 'picture')} not in the list left out.`] : []),
		...(shared > 0
			? [
					`${counted(shared, 'patch', 'patches')} overlap others by the coordinates in their names; they share a position.`,
				]
			: []),
	];
}
