// Writes what follows from the schemas in packages/cli/src/schema: the published JSON Schemas and the tables of fields in
// docs/outputs.md and docs/calibration.md. A test checks that the files in the repository are up to date.
// usage: node --conditions=source scripts/build-schemas.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { assessmentSchema } from '../packages/cli/src/schema/assessment-schema.ts';
import { calibrationSchema } from '../packages/cli/src/schema/calibration-schema.ts';
import { policySchema } from '../packages/cli/src/schema/policy-schema.ts';

const root = join(import.meta.dirname, '..');
const TABLE = /(<!-- fields -->\n)[\s\S]*?(<!-- end of fields -->)/;

/** Files by path from the repository's root, and what should be in them. */
export function schemaFiles(): Record<string, string> {
	const assessment = published(assessmentSchema, 'Parfocal assessment', 'What Parfocal says of one slide.');
	const policy = published(policySchema, 'Parfocal policy', 'The numbers that turn a focus map into an outcome.');
	const calibration = published(
		calibrationSchema,
		'Parfocal calibration',
		"What a model's scores mean on one scanner.",
	);
	return {
		'schemas/assessment.schema.json': `${JSON.stringify(assessment, undefined, 2)}\n`,
		'schemas/policy.schema.json': `${JSON.stringify(policy, undefined, 2)}\n`,
		'schemas/calibration.schema.json': `${JSON.stringify(calibration, undefined, 2)}\n`,
		'docs/outputs.md': withFields('docs/outputs.md', assessment),
		'docs/calibration.md': withFields('docs/calibration.md', calibration),
	};
}

/** The page with the table of fields that its two marks enclose. */
function withFields(page: string, schema: JsonSchema): string {
	const text = readFileSync(join(root, page), 'utf8');
	return text.replace(TABLE, (_, open, close) => `${open}${fieldTable(schema)}${close}`);
}

function published(schema: GenericSchema, title: string, description: string): JsonSchema {
	const { $schema, ...rest } = toJsonSchema(schema, { target: 'draft-2020-12' });
	return { ...($schema !== undefined && { $schema }), title, description, ...rest };
}

/** One row a field, nested fields by path: `slide.mpp.x`, `reasons[].code`. Padded, as the formatter wants it. */
function fieldTable(schema: JsonSchema): string {
	const rows = [['field', 'type', 'meaning'], ['', '', ''], ...fields(schema, '', true)];
	const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
	const lines = rows.map((row, i) => {
		const cells = row.map((cell, column) => cell.padEnd(widths[column]!, i === 1 ? '-' : ' '));
		return `| ${cells.join(' | ')} |`;
	});
	return `\n${lines.join('\n')}\n\n`;
}

function* fields(schema: JsonSchema, path: string, required: boolean): Generator<readonly string[]> {
	if (path !== '') {
		yield [`\`${path}\``, `${typeInWords(schema)}${required ? '' : ', optional'}`, schema.description ?? ''];
	}
	const inner = schema.type === 'array' ? (schema.items as JsonSchema) : schema;
	const prefix = schema.type === 'array' ? `${path}[].` : path === '' ? '' : `${path}.`;
	for (const [name, field] of Object.entries(inner.properties ?? {})) {
		yield* fields(field as JsonSchema, `${prefix}${name}`, inner.required?.includes(name) ?? false);
	}
}

function typeInWords(schema: JsonSchema): string {
	if (schema.const !== undefined) return `\`${schema.const}\``;
	if (schema.enum) return schema.enum.map((word) => `\`${word}\``).join(', ');
	if (schema.type === 'array') return `list of ${typeInWords(schema.items as JsonSchema)}`;
	return String(schema.type ?? 'any');
}

if (import.meta.main) {
	for (const [path, text] of Object.entries(schemaFiles())) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	}
}
