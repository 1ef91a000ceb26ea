/**
 * All answers of a comparison as one Parquet table: a row a method, seed and patch.
 * @module
 */
import type { PatchSet } from '../data/sets/patch-set.ts';
import { planesFromFocus } from '../data/sets/patch-set.ts';
import type { Answers } from './answers.ts';
import type { NamedSet } from './run-comparison.ts';

/** The table's bytes: `method, seed, set, path, slide, target, label, blurriness, answered, certainty`. */
export async function resultsParquet(answers: readonly Answers[], sets: readonly NamedSet[]): Promise<Uint8Array> {
	const { parquetWriteBuffer } = await import('hyparquet-writer');
	const known = new Map(sets.map(({ name, set }) => [name, { set, planes: planesFromFocus(set) }]));
	const rows = answers.flatMap((own) => own.indices.map((index, i) => ({ own, index, i, ...known.get(own.set)! })));
	const patchOf = ({ set, index }: { set: PatchSet; index: number }) => set.patches[index]!;
	const buffer = parquetWriteBuffer({
		columnData: [
			{ name: 'method', data: rows.map(({ own }) => own.method), type: 'STRING' },
			{ name: 'seed', data: rows.map(({ own }) => own.seed), type: 'INT32' },
			{ name: 'set', data: rows.map(({ own }) => own.set), type: 'STRING' },
			{ name: 'path', data: rows.map((row) => patchOf(row).path), type: 'STRING' },
			{ name: 'slide', data: rows.map((row) => patchOf(row).group.slide), type: 'STRING' },
			{ name: 'target', data: rows.map(({ planes, index }) => planes[index]!), type: 'FLOAT' },
			{ name: 'label', data: rows.map((row) => patchOf(row).label), type: 'INT32' },
			{ name: 'blurriness', data: rows.map(({ own, i }) => own.blurriness[i]), type: 'DOUBLE' },
			{ name: 'answered', data: rows.map(({ own, i }) => own.classes?.[i] ?? null), type: 'INT32' },
			{ name: 'certainty', data: rows.map(({ own, i }) => own.certainties?.[i] ?? null), type: 'FLOAT' },
		],
	});
	return new Uint8Array(buffer);
}
