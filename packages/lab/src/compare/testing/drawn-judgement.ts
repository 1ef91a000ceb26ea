/**
 * A comparison without pictures: methods whose answers are made up, on a set that is only described.
 * @module
 */
import { drawnSet } from '../../data/splits/testing/drawn-set.ts';
import { seededRandom } from '../../simulate/random.ts';
import type { Answers } from '../answers.ts';
import type { Judgement } from '../comparison-tables.ts';
import { judgeMethod } from '../judge-answers.ts';
import { methodsNamed } from '../methods.ts';

/** The set: seven slides of stacks of seven planes, four classes. */
export const drawn = drawnSet({ slides: 7, positions: 2, slices: 7 });

const DRAWS = 40;

/** How far a method's answers lie off, in classes: the larger the worse. */
export type Noise = Readonly<Record<string, number>>;

/** A judgement over methods with so much noise, two seeds each. Names with a slash answer in classes. */
export function drawnJudgement(noise: Noise, change: Partial<Judgement> = {}): Judgement {
	const names = Object.keys(noise);
	const answers = names.flatMap((method) => [1, 2].map((seed) => answersOf(method, seed, noise[method]!)));
	const data = { name: 'drawn', set: drawn };
	const judged = names.map((name) =>
		judgeMethod(
			drawn,
			answers.filter(({ method }) => method === name),
			{ draws: DRAWS },
		),
	);
	const all = drawn.patches.map((_, i) => i);
	const splits = [1, 2].map((seed) => ({
		by: 'slide' as const,
		seed,
		repeat: 0,
		train: [],
		validation: [],
		test: all,
	}));
	const leaks = ['Split by slide: no test patch is of a slide that was trained on.'];
	return {
		...{
			data,
			transfer: [],
			judged,
			cpuTimes: new Map(),
			reference: names[0],
			methods: methodsNamed(names),
			draws: DRAWS,
		},
		comparison: { answers, leftOut: [], leaks, splits },
		...change,
	};
}

function answersOf(method: string, seed: number, noise: number): Answers {
	const random = seededRandom(seed).fork(method);
	const off = drawn.patches.map(({ label }) => label + noise * random.normal());
	const classes = off.map((value) => Math.min(3, Math.max(0, Math.round(value))));
	const graded = method.includes('/') && { classes, certainties: off.map(() => random.uniform()) };
	const facts = { training: 'trained as a test', trainingSeconds: 2 * seed, parameters: 100 };
	return { method, seed, set: 'drawn', indices: off.map((_, i) => i), blurriness: off, ...facts, ...(graded || {}) };
}
