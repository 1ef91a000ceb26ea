/**
 * `npm run real-defocus`: how methods do on real focal series and real sharp tissue; writes `docs/real-defocus.md`.
 * @module
 */
import { parseArgs } from 'node:util';
import { DEFAULT_MODEL_NAME, isParfocalError } from '@parfocal/core';
import { resolveModel, writeWholeFile } from '@parfocal/node';
import { openScorer, SCORER_NAMES } from '../scorer.ts';
import { tableMarkdown } from '../table.ts';
import { assessPictures } from './assessed-tissue.ts';
import { acrossTable, artefactTable, askAboutRealDefocus, assessedTable, seriesTable } from './real-defocus-tables.ts';
import { readRealPictures, realCrops } from './real-pictures.ts';

const LEAD = `# Real defocus

Focal series and out-of-focus fields that are real, not simulated, and on which nothing was trained or chosen; and sharp
tissue, which must not read as blurry. Written by \`npm run real-defocus -- --data FOLDER\`; the pictures themselves are not
distributed. Models named \`authors-…\` and \`darts-…\` are weights of other laboratories, read as their licences allow and not
part of this project: they stand here as references. Figures with more than three digits would be noise: there are three
short series of one field each.

`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			data: { type: 'string', default: 'data' },
			methods: { type: 'string', default: SCORER_NAMES.join(',') },
			references: { type: 'string', default: '' },
			model: { type: 'string', default: DEFAULT_MODEL_NAME },
			out: { type: 'string', default: 'docs/real-defocus.md' },
		},
	});
	const names = [values.methods, values.references]
		.join(',')
		.split(',')
		.filter((name) => name !== '');
	const pictures = await readRealPictures(values.data);
	const crops = await realCrops(pictures, values.data);
	const methods = [];
	for (const name of names) {
		process.stderr.write(`${name}\n`);
		methods.push(await askAboutRealDefocus(await openScorer(name), pictures, crops));
	}
	const model = await resolveModel(values.model);
	const tables = [
		seriesTable(methods, pictures),
		acrossTable(methods, crops),
		assessedTable(await assessPictures(model, values.data, pictures.sharp), model.name),
		artefactTable(await assessPictures(model, values.data, pictures.artefacts), model.name),
	];
	const text = LEAD + tables.map((table) => tableMarkdown(table)).join('\n');
	await writeWholeFile(values.out, new TextEncoder().encode(text));
	process.stdout.write(`${values.out}\n`);
}

try {
	await main();
} catch (error) {
	const known = isParfocalError(error) || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
	process.stderr.write(`${known ? (error as Error).message : ((error as Error).stack ?? error)}\n`);
	process.exitCode = 2;
}
