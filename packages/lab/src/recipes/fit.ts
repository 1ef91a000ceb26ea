/**
 * The training loop.
 * @module
 */
import type { CropSet } from '../data/crops.ts';
import { spearman } from '../evaluate/metrics.ts';
import type { Random } from '../simulate/random.ts';
import { createAdam } from './adam.ts';
import type { Loss } from './loss.ts';
import type { Trainable } from './trainable.ts';

/** How to train. */
export interface FitOptions {
	readonly steps: number;
	/** Falls to nothing along half a cosine. */
	readonly learningRate: number;
	readonly loss: (predictions: Float64Array, targets: Float64Array, views: Int32Array) => Loss;
	readonly random: Random;
	readonly progress?: (line: string) => void;
}

/** How it went. */
export interface FitResult {
	/** The step whose parameters were kept: the best on validation. */
	readonly bestStep: number;
	/** Spearman's correlation with blur over all validation crops, across content. */
	readonly validationSpearman: number;
	/** Loss of each step. */
	readonly losses: readonly number[];
}

/** A batch shows each of these views at so many blurs. */
const VIEWS_PER_BATCH = 8;
const BLURS_PER_VIEW = 4;

/** Times that validation is looked at. */
const LOOKS = 20;

/** What models are trained to predict: small blurs spread, large ones drawn together. */
export function targetOfBlur(blurRadiusPx: number): number {
	return Math.log1p(blurRadiusPx);
}

/** Trains `model` in place and leaves it with the parameters that did best on validation. */
export function fit(model: Trainable, train: CropSet, validation: CropSet, options: FitOptions): FitResult {
	const { steps, learningRate, loss, random, progress } = options;
	const draw = batchSampler(train, random);
	const optimisers = model.parameters.map((group) => createAdam(group.length));
	const everyValidation = Array.from({ length: validation.count }, (_, i) => i);
	const losses: number[] = [];
	let best = {
		step: 0,
		spearman: Number.NEGATIVE_INFINITY,
		parameters: model.parameters.map((group) => group.slice()),
	};
	for (let step = 1; step <= steps; step++) {
		const batch = draw();
		const targets = Float64Array.from(batch, (index) => targetOfBlur(train.blurRadiusPx[index]!));
		const views = Int32Array.from(batch, (index) => train.view[index]!);
		const { value, gradient } = loss(model.predict(train, batch), targets, views);
		losses.push(value);
		const rate = learningRate * 0.5 * (1 + Math.cos((Math.PI * (step - 1)) / steps));
		model.backward(gradient).forEach((group, i) => {
			optimisers[i]!.step(model.parameters[i]!, group, rate);
		});
		if (step % Math.ceil(steps / LOOKS) === 0 || step === steps) {
			const found = spearman(model.predict(validation, everyValidation), validation.blurRadiusPx);
			if (found > best.spearman)
				best = { step, spearman: found, parameters: model.parameters.map((group) => group.slice()) };
			progress?.(`step ${step}: loss ${value.toFixed(4)}, validation Spearman ${found.toFixed(4)}`);
		}
	}
	model.parameters.forEach((group, i) => {
		group.set(best.parameters[i]!);
	});
	return { bestStep: best.step, validationSpearman: best.spearman, losses };
}

/**
 * Draws batches of whole comparisons. Collections are drawn with the square root of their number of views, so that a
 * large one does not drown the others.
 */
function batchSampler(set: CropSet, random: Random): () => number[] {
	const cropsOf: number[][] = set.sources.map(() => []);
	for (let i = 0; i < set.count; i++) cropsOf[set.view[i]!]!.push(i);
	const collections = new Map<string, number[]>();
	set.sources.forEach((source, view) => {
		const name = source.split('#')[0]!;
		collections.set(name, [...(collections.get(name) ?? []), view]);
	});
	const lists = [...collections.values()];
	const total = lists.reduce((sum, list) => sum + Math.sqrt(list.length), 0);
	function drawView(): number {
		let at = random.uniform() * total;
		for (const list of lists) {
			at -= Math.sqrt(list.length);
			if (at < 0) return list[random.below(list.length)]!;
		}
		return 0;
	}
	return () => {
		const batch: number[] = [];
		for (let v = 0; v < VIEWS_PER_BATCH; v++) {
			const crops = cropsOf[drawView()]!.slice();
			for (let b = 0; b < BLURS_PER_VIEW && crops.length > 0; b++) {
				batch.push(crops.splice(random.below(crops.length), 1)[0]!);
			}
		}
		return batch;
	};
}
