/**
 * `npm run train -- --model NAME | --all [--data DIR] [--out DIR] [--seed N] [--steps N] [--epochs N]`: trains shipped models
 * and networks and writes `OUT/<name>/model.safetensors` and `card.md`.
 * @module
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ArgumentError, isParfocalError } from '@parfocal/core';
import { FULL_SIZE, makeDataset } from '../data/dataset.ts';
import { seededRandom } from '../simulate/random.ts';
import { NETWORK_RECIPES } from './network-recipes.ts';
import { RECIPES, recipeNamed } from './recipes.ts';
import { trainAll } from './train-all.ts';
import { trainNetworks } from './train-networks.ts';

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
			epochs: { type: 'string' },
		},
	});
	const names = flags.all ? [...RECIPES, ...NETWORK_RECIPES].map(({ name }) => name) : (flags.model ?? []);
	if (names.length === 0) {
		const known = [...RECIPES, ...NETWORK_RECIPES].map(({ name }) => name).join(', ');
		throw new ArgumentError('model', `Say which to train: --all, or --model with one of ${known}.`);
	}
	const networks = NETWORK_RECIPES.filter(({ name }) => names.includes(name));
	const recipes = names.filter((name) => !networks.some((each) => each.name === name)).map(recipeNamed);
	const seed = wholeNumber('seed', flags.seed);
	const say = (line: string): void => void process.stdout.write(`${line}\n`);
	if (recipes.length > 0) {
		const steps = flags.steps === undefined ? {} : { steps: wholeNumber('steps', flags.steps) };
		const { data, out } = flags;
		await trainAll({ recipes, data, out, seed, ...steps, size: FULL_SIZE, testPhantoms: TEST_PHANTOMS, say });
	}
	if (networks.length > 0) {
		const epochs = flags.epochs === undefined ? {} : { epochs: wholeNumber('epochs', flags.epochs) };
		const data = await makeDataset(flags.data, FULL_SIZE, seededRandom(seed).fork('data'), say);
		await trainNetworks({
			recipes: networks,
			data,
			out: flags.out,
			seed,
			...epochs,
			threads: availableParallelism(),
			say,
		});
	}
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
