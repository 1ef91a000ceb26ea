/** The published schemas and the dictionary of outputs follow from their one source, and describe everything. */
import { CELL_COLUMNS, OUTPUT_FILES, VALIDITY, validityWord } from '@parfocal/core';
import { describe, expect, test } from 'vitest';
import { schemaFiles } from '../scripts/build-schemas.ts';
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

describe.each(['assessment', 'policy'])('%s.schema.json', (name) => {
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

test('a policy file takes no unknown field, an assessment may grow', () => {
	const policy = JSON.parse(files['schemas/policy.schema.json']!) as Schema;
	const assessment = JSON.parse(files['schemas/assessment.schema.json']!) as Schema;
	expect(policy.additionalProperties).toBe(false);
	expect(assessment.additionalProperties).toBeUndefined();
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
