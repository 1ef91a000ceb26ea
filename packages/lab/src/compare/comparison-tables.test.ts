import { expect, test } from 'vitest';
import { SIMULATED } from '../data/sets/open-dataset.ts';
import { comparisonTables, setNotes } from './comparison-tables.ts';
import type { Table } from './table.ts';
import { drawn, drawnJudgement } from './testing/drawn-judgement.ts';

const tableNamed = (tables: readonly Table[], id: string): Table => tables.find((table) => table.id === id)!;
const column = ({ columns, rows }: Table, name: string) => rows.map((row) => row[columns.indexOf(name)]!);

test('every table has a cell for each column, and states data and split', () => {
	const tables = comparisonTables(drawnJudgement({ mlv: 0.4, eonss: 0.2, 'vgg16/ce': 0.5, 'vgg16/oe': 0.1 }));
	for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length);
	for (const id of ['scores-drawn', 'classes', 'ordinal-accuracy', 'ordinal-mae', 'ordinal-taub', 'against-reference'])
		expect(tableNamed(tables, id).notes.join(' ')).toContain('Split by slide: no test patch is of a slide');
});

test('the method with the least noise is marked in every column', () => {
	const scores = tableNamed(comparisonTables(drawnJudgement({ mlv: 1.5, eonss: 0.05, fqpath: 0.9 })), 'scores-drawn');
	expect(scores.rows.map(([method]) => method!.text)).toEqual(['mlv', 'eonss', 'fqpath']);
	for (const name of ['SRCC', 'PLCC', 'ROC-AUC', 'PR-AUC (average precision)', 'False alarms at 90 % recall'])
		expect(
			column(scores, name).map(({ best }) => best),
			name,
		).toEqual([false, true, false]);
	expect(column(scores, 'parameters').map(({ text }) => text)).toEqual(['100', '100', '100']);
	for (const { text } of column(scores, 'SRCC')) expect(text).toMatch(/^0\.\d{3} \[0\.\d{3}, [01]\.\d{3}\]$/);
});

test('networks by losses: the best of each network, means and wins', () => {
	const noise = { 'resnet18/ce': 0.9, 'resnet18/oe': 0.1, 'vgg16/ce': 0.8, 'vgg16/oe': 0.05, 'vgg16/co': 1.4 };
	const accuracy = tableNamed(comparisonTables(drawnJudgement(noise)), 'ordinal-accuracy');
	expect(accuracy.columns).toEqual(['network', 'CE', 'BU', 'OE', 'CO', 'CO2', 'HO2', 'best']);
	expect(accuracy.rows.map(([name]) => name!.text)).toEqual(['resnet18', 'vgg16', 'mean', 'wins']);
	expect(column(accuracy, 'best').map(({ text }) => text)).toEqual(['oe', 'oe', '', '']);
	const [first, second, mean, wins] = column(accuracy, 'OE').map(({ value }) => value!);
	expect(mean).toBeCloseTo((first! + second!) / 2, 12);
	expect(wins).toBe(2);
	expect(column(accuracy, 'BU')[0]!.text).toBe('–');
	// Of errors the smallest is the best.
	const mae = tableNamed(comparisonTables(drawnJudgement(noise)), 'ordinal-mae');
	expect(
		column(mae, 'best')
			.slice(0, 2)
			.map(({ text }) => text),
	).toEqual(['oe', 'oe']);
});

test('ordinal against nominal: pairs of network and seed, a difference with its sign, p-values corrected upwards', () => {
	const networks = ['alexnet', 'resnet18', 'vgg16', 'mobilenet_v2'];
	const noise = Object.fromEntries(
		networks.flatMap((name) => [
			[`${name}/ce`, 0.9],
			[`${name}/oe`, 0.1],
		]),
	);
	const tests = tableNamed(comparisonTables(drawnJudgement(noise)), 'losses-against-ce');
	const of = (loss: string, figure: string) =>
		tests.rows.find((row) => row[0]!.text === loss && row[1]!.text === figure)!;
	const [, , pairs, difference, p, corrected] = of('OE', 'Accuracy');
	expect(pairs!.value).toBe(8);
	expect(difference!.value).toBeGreaterThan(0.2);
	expect(p!.value).toBeCloseTo(2 / 2 ** 8, 12);
	expect(corrected!.value).toBeGreaterThanOrEqual(p!.value!);
	expect(of('OE', 'MAE, classes')[3]!.value).toBeLessThan(0);
	expect(of('CO2', 'Accuracy')[2]!.value).toBe(0);
});

test('against the reference: it is not compared with itself, and a worse method is below', () => {
	const tests = tableNamed(comparisonTables(drawnJudgement({ eonss: 0.05, mlv: 1.5 })), 'against-reference');
	expect(tests.title).toBe('SRCC against eonss');
	expect(tests.rows.map(([method]) => method!.text)).toEqual(['mlv']);
	expect(column(tests, 'difference')[0]!.value).toBeLessThan(0);
	expect(column(tests, 'p')[0]!.value).toBeLessThan(0.05);
});

test('training, time, and what was not run, by reason', () => {
	const judgement = drawnJudgement({ eonss: 0.2 }, { cpuTimes: new Map([['eonss', { medianMs: 12.34, runs: 100 }]]) });
	const leftOut = ['resnet50', 'resnet101'].map((method) => ({ method, reason: 'too large' }));
	const tables = comparisonTables({ ...judgement, comparison: { ...judgement.comparison, leftOut } });
	expect(tableNamed(tables, 'training').rows[0]!.map(({ text }) => text)).toEqual(['eonss', 'trained as a test', '3']);
	expect(column(tableNamed(tables, 'scores-drawn'), 'CPU, ms')[0]).toMatchObject({ text: '12.3', value: 12.34 });
	expect(tableNamed(tables, 'scores-drawn').notes.join(' ')).toContain('median of 100 runs');
	expect(tableNamed(tables, 'left-out').rows.map((row) => row.map(({ text }) => text))).toEqual([
		['resnet50, resnet101', 'too large'],
	]);
	expect(tableNamed(comparisonTables(judgement), 'left-out')).toBeUndefined();
});

test('simulated data are called so by every table', () => {
	const judgement = drawnJudgement({ mlv: 0.3, 'vgg16/ce': 0.2 });
	const set = { ...drawn, notes: ['Taken for a drawing.', SIMULATED] };
	expect(setNotes(judgement, { name: 'drawn', set }).join(' ')).toContain('Simulated data.');
	const tables = comparisonTables({ ...judgement, data: { name: 'drawn', set } });
	for (const { id, notes } of tables) if (id !== 'training') expect(notes.join(' '), id).toContain('Simulated data.');
});
