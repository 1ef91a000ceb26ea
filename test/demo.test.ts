/** What a new user sees first: the demonstration, held against the truth of its slide. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { type Ended, parfocal } from './helpers/program.ts';
import { scratchFolder } from './helpers/scratch.ts';

const folder = scratchFolder('demo');
let ended: Ended;

beforeAll(async () => {
	ended = await parfocal(folder, 'demo');
}, 180_000);

test('the demo ends well and says where the report is', () => {
	expect(ended.err).toBe('');
	expect(ended.code).toBe(0);
	const [, address = ''] = /^Open the report: (file:\S+)$/m.exec(ended.out) ?? [];
	expect(readFileSync(fileURLToPath(address), 'utf8')).toContain('<html');
});

test('it finds the blur that was put in: the verdict is not pass, and regions are named', () => {
	const assessment = JSON.parse(readFileSync(join(folder, 'demo/results/phantom.tif/assessment.json'), 'utf8'));
	expect(['review', 'rescan']).toContain(assessment.outcome);
	expect(assessment.worstRegions.length).toBeGreaterThan(1);
	expect(ended.out).toContain(assessment.sentence);
});

// What the default model reaches on slides of the usual size is tested in `packages/lab`; on this small one the field
// changes by several µm within a window. This guards against a broken chain.
test('the map follows the truth', () => {
	const { grid } = JSON.parse(readFileSync(join(folder, 'demo/phantom.truth.json'), 'utf8'));
	const [, ...lines] = readFileSync(join(folder, 'demo/results/phantom.tif/cells.tsv'), 'utf8').trimEnd().split('\n');
	const pairs = lines
		.map((line) => line.split('\t'))
		.filter((cells) => cells[10] === 'assessable')
		.map(([column, row, , , , , , , value]) => ({
			truth: grid.defocusUm[Number(row) * grid.columns + Number(column)] as number,
			found: Number(value),
		}));
	expect(pairs.length).toBeGreaterThan(500);
	expect(
		spearman(
			pairs.map((pair) => pair.truth),
			pairs.map((pair) => pair.found),
		),
	).toBeGreaterThan(0.8);
});

/** Spearman's rank correlation, ties at their mean rank. */
function spearman(a: readonly number[], b: readonly number[]): number {
	const [x, y] = [ranks(a), ranks(b)];
	const mean = (a.length - 1) / 2;
	let xy = 0;
	let xx = 0;
	let yy = 0;
	for (let i = 0; i < a.length; i++) {
		xy += (x[i]! - mean) * (y[i]! - mean);
		xx += (x[i]! - mean) ** 2;
		yy += (y[i]! - mean) ** 2;
	}
	return xy / Math.sqrt(xx * yy);
}

function ranks(values: readonly number[]): Float64Array {
	const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
	const out = new Float64Array(values.length);
	for (let start = 0; start < order.length; ) {
		let end = start;
		while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
		for (let i = start; i < end; i++) out[order[i]!] = (start + end - 1) / 2;
		start = end;
	}
	return out;
}
