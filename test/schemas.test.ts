/** The published schemas and the dictionary of outputs follow from their one source, and describe everything. */
import { type Assessment, CELL_COLUMNS, OUTPUT_FILES, POLICIES, VALIDITY, validityWord } from '@parfocal/core';
import fc from 'fast-check';
import { assessmentSchema, calibrationSchema, policySchema } from 'parfocal';
import { type GenericSchema, is } from 'valibot';
import { describe, expect, test } from 'vitest';
import { exampleCalibration } from '../packages/core/src/calibration/testing/example.ts';
import { exampleResult } from '../packages/core/src/export/testing/example.ts';
import { schemaFiles } from '../scripts/build-schemas.ts';
import { breaches } from './helpers/json-schema.ts';
import { textOf } from './helpers/repository.ts';

interface Schema {
	readonly type?: string;
	readonly const?: unknown;
	readonly enum?: readonly unknown[];
	readonly title?: string;
	readonly description?: string;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly items?: Schema;
	readonly additionalProperties?: unknown;
	readonly required?: readonly string[];
}

const files = schemaFiles();

function* fieldsOf(schema: Schema, path: string): Generator<readonly [string, Schema]> {
	for (const [name, field] of Object.entries(schema.properties ?? schema.items?.properties ?? {})) {
		const at = path === '' ? name : `${path}.${name}`;
		yield [at, field];
		yield* fieldsOf(field, at);
	}
}

test.each(Object.keys(files))('%s is up to date (else run `npm run build:schemas`)', (path) => {
	expect(textOf(path)).toBe(files[path]);
});

describe.each(['assessment', 'policy', 'calibration'])('%s.schema.json', (name) => {
	const schema = JSON.parse(files[`schemas/${name}.schema.json`]!) as Schema & { readonly $schema: string };

	test('is a JSON Schema with a title', () => {
		expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
		expect(schema.title).toMatch(/^Parfocal/);
		expect(schema.type).toBe('object');
	});

	test('describes every field in a sentence', () => {
		const fields = [...fieldsOf(schema, '')];
		expect(fields.length).toBeGreaterThan(20);
		for (const [path, { description }] of fields) expect(description, path).toMatch(/^\w.*[.…]$/);
	});

	test('says of every field what it is', () => {
		for (const [path, field] of fieldsOf(schema, '')) {
			expect(field.type ?? field.const ?? field.enum, path).toBeDefined();
		}
	});
});

test('policies and calibrations take no unknown field, an assessment may grow', () => {
	const calibration = JSON.parse(files['schemas/calibration.schema.json']!) as Schema;
	expect(calibration.additionalProperties).toBe(false);
	const policy = JSON.parse(files['schemas/policy.schema.json']!) as Schema;
	const assessment = JSON.parse(files['schemas/assessment.schema.json']!) as Schema;
	expect(policy.additionalProperties).toBe(false);
	expect(assessment.additionalProperties).toBeUndefined();
});

test('docs/calibration.md has a row for every field of a calibration', () => {
	const page = files['docs/calibration.md']!;
	const schema = JSON.parse(files['schemas/calibration.schema.json']!) as Schema;
	for (const [path, { description }] of fieldsOf(schema, '')) {
		expect(page).toContain(`| \`${path}\` `);
		expect(page).toContain(description);
	}
});

describe('docs/outputs.md', () => {
	const page = files['docs/outputs.md']!;

	test('has a row for every field of the assessment', () => {
		const schema = JSON.parse(files['schemas/assessment.schema.json']!) as Schema;
		for (const [path, { description }] of fieldsOf(schema, '')) {
			const plain = page.replaceAll('[]', '');
			expect(plain).toContain(`| \`${path}\` `);
			expect(page).toContain(description);
		}
	});

	test('explains every file, every column and every word for what has no value', () => {
		for (const name of Object.keys(OUTPUT_FILES)) expect(page).toContain(`\`${name}\``);
		for (const column of CELL_COLUMNS) expect(page).toContain(`\`${column}\``);
		for (const code of Object.values(VALIDITY)) expect(page).toContain(`\`${validityWord(code)}\``);
	});
});

describe('the published schemas, read by another checker,', async () => {
	const published = (name: string): Record<string, unknown> =>
		JSON.parse(textOf(`schemas/${name}.schema.json`)) as Record<string, unknown>;

	test.each([
		['of a slide to rescan', exampleResult()],
		['of a sharp slide', exampleResult({ outcome: 'pass', worst: 0 })],
		['without a pixel size', exampleResult({ mpp: false })],
		['in relative scores', exampleResult({ unit: 'score' })],
	])('take an assessment %s', (_, { assessment }) => {
		expect(breaches(published('assessment'), JSON.parse(JSON.stringify(assessment)))).toEqual([]);
	});

	test.each(Object.values(POLICIES).map((policy) => [policy.name, policy] as const))(
		'take the policy %s',
		(_, policy) => {
			expect(breaches(published('policy'), JSON.parse(JSON.stringify(policy)))).toEqual([]);
		},
	);

	test('name what is wrong', () => {
		const { assessment } = exampleResult();
		const broken = { ...assessment, outcome: 'fine', tissue: { ...assessment.tissue, fraction: 2 } };
		expect(breaches(published('assessment'), broken)).toEqual(['$.outcome: enum', '$.tissue.fraction: maximum']);
		const { sentence, ...silent } = assessment as Assessment & Record<string, unknown>;
		expect(sentence).toBeDefined();
		expect(breaches(published('assessment'), silent)).toEqual(['$: required']);
		expect(breaches(published('policy'), { ...POLICIES.routine, limit: [] })).toEqual([
			'$.limit: additionalProperties',
		]);
	});

	const subjects: readonly (readonly [string, GenericSchema, object])[] = [
		['assessment', assessmentSchema, exampleResult().assessment],
		['policy', policySchema, POLICIES.routine],
		['calibration', calibrationSchema, await exampleCalibration()],
	];

	test.each(subjects)('accept and refuse what the %s check of the code does', (name, schema, good) => {
		const json = published(name);
		const values = fc.constantFrom<unknown>(null, '', 'pass', 'clear', -1, 0, 0.5, 7, 1e9, true, {}, ['a']);
		fc.assert(
			fc.property(fc.constantFrom(...pathsOf(good)), values, fc.boolean(), (path, value, remove) => {
				const changed = structuredClone(good) as Record<string, unknown>;
				let at = changed;
				for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
				const last = path.at(-1)!;
				// A list is a record of numbers to valibot, and not to JSON Schema.
				if (path[0] === 'timings') return;
				if (remove && !Array.isArray(at)) delete at[last];
				else at[last] = value;
				expect(breaches(json, changed).length === 0, `${path.join('.')} = ${JSON.stringify(value)}`).toBe(
					is(schema, changed),
				);
			}),
			{ numRuns: 600 },
		);
	});
});

/** Every path to a value in it. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
	if (typeof value !== 'object' || value === null) return [path];
	return Object.entries(value).flatMap(([key, child]) => [[...path, key], ...pathsOf(child, [...path, key])]);
}
