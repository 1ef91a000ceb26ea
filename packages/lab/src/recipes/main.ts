/**
 * `npm run train -- --model NAME | --all [--data DIR] [--out DIR] [--seed N] [--steps N]`: trains shipped models and
 * writes `OUT/<name>/model.safetensors` and `card.md`.
 * @module
 */
import { parseArgs } from 'node:util';
import { ArgumentError, isParfocalError } from '@parfocal/core';
import { FULL_SIZE } from '../data/dataset.ts';
import { RECIPES, recipeNamed } from './recipes.ts';
import { trainAll } from './train-all.ts';

/** Phantoms that models are tested on. */
const TEST_PHANTOMS = [1, 2];

try {
	const { values: flags } = parseArgs({
		options: {
			model: { type: 'string', multiple: true },
			all: { type: 'boolean', default: false },
			data: { type: 'string', default: '../shared/data' },
			out: { type: 'string', default: 'models' },
			seed: { type: 'string', default: '1' },
			steps: { type: 'string' },
		},
	});
	const recipes = flags.all ? RECIPES : (flags.model ?? []).map(recipeNamed);
	if (recipes.length === 0) {
		const names = RECIPES.map(({ name }) => name).join(', ');
		throw new ArgumentError('model', `Say which to train: --all, or --model with one of ${names}.`);
	}
	await trainAll({
		recipes,
		data: flags.data,
		out: flags.out,
		seed: wholeNumber('seed', flags.seed),
		...(flags.steps !== undefined && { steps: wholeNumber('steps', flags.steps) }),
		size: FULL_SIZE,
		testPhantoms: TEST_PHANTOMS,
		say: (line) => process.stdout.write(`${line}\n`),
	});
} catch (error) {
	const expected = isParfocalError(error) || String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS');
	if (!expected) throw error;
	process.stderr.write(`${(error as Error).message}\n`);
	process.exitCode = 2;
}

function wholeNumber(name: string, text: string): number {
	const value = Number(text);
	if (Number.isInteger(value) && value >= 1) return value;
	throw new ArgumentError(name, `--${name} must be a whole number from 1, not "${text}".`);
}
