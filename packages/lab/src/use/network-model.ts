/**
 * A trained network as a focus model, for pictures, maps and reports.
 * @module
 */
import {
	ArgumentError,
	type FocusModel,
	ModelError,
	type NetworkDefinition,
	type RgbImage,
	type ScoredWindows,
	type ScoringOptions,
	type WindowOrigin,
	type WindowScores,
} from '@parfocal/core';
import type { Engine } from '../engine/runtime/engine.ts';
import type { Loss } from '../losses/loss.ts';
import { lossNamed } from '../losses/registry.ts';
import type { NetworkDescription, NetworkFile } from '../networks/model-file.ts';
import { type BatchRunner, openBatchRunner } from './batch-runner.ts';
import { type WindowShape, writeWindow } from './window-pixels.ts';
import { windowShapeOf } from './window-shape.ts';

/** Windows at a time: enough to keep a graphics card busy, few enough for any memory. */
const USUAL_BATCH = 16;

/** What a file does not say of itself, and how to use it. */
export interface NetworkModelOptions {
	/** Name as the user types it. */
	readonly name: string;
	/** SHA-256 of the file, hex. */
	readonly sha256: string;
	/** Pixels from one window to the next; default: their side, so that they touch. */
	readonly stridePx?: number;
	/** Windows at a time; default 16. */
	readonly batch?: number;
}

/** A network as a focus model. It holds memory of its engine until it is closed. */
export interface NetworkModel extends FocusModel {
	readonly definition: NetworkDefinition;
	scoreWindows(image: RgbImage, options?: ScoringOptions): Promise<WindowScores>;
	scoreWindowsAt(image: RgbImage, origins: readonly WindowOrigin[], options?: ScoringOptions): Promise<ScoredWindows>;
	close(): Promise<void>;
}

/**
 * The model of a file, on an engine. Its scores are the mean class under the network's probabilities where it learned
 * classes, with the largest of them as certainty; else its answer.
 * @throws {ModelError} when the file's numbers do not fit its network, it has no answer about focus, or the engine refuses it
 * @throws {ArgumentError} when the stride or the batch is not a whole number from 1 on
 * @example
 * ```ts
 * const engine = await openNodeEngine('cpu', { threads: 2 });
 * const model = await createNetworkModel(readNetworkFile(bytes, name), engine, { name, sha256: await sha256(bytes) });
 * const { assessment } = await assess(slide, { model });
 * await model.close();
 * ```
 */
export async function createNetworkModel(
	file: NetworkFile,
	engine: Engine,
	{ name, sha256, stridePx, batch = USUAL_BATCH }: NetworkModelOptions,
): Promise<NetworkModel> {
	const { description } = file;
	const loss = answeringLoss(description, name);
	const shape = windowShapeOf(description, name);
	const stride = stridePx ?? shape.windowPx;
	checkCount('stridePx', stride);
	checkCount('batch', batch);
	const runner = await openBatchRunner(engine, file, batch);
	const { unit, higherMeans, licence, network, trainedOn, mppUm } = description;
	const definition: NetworkDefinition = {
		kind: 'network',
		name,
		sha256,
		licence,
		origin: trainedOn,
		network,
		windowPx: shape.windowPx,
		stridePx: stride,
		unit,
		higherMeans,
		...(mppUm !== undefined && { mppRange: [mppUm, mppUm] as const }),
	};
	const scoreAt = (image: RgbImage, origins: readonly WindowOrigin[], options: ScoringOptions = {}) =>
		scoreOrigins({ runner, shape, loss, classes: description.classes }, image, origins, options);
	return {
		name,
		sha256,
		licence,
		unit,
		higherMeans,
		windowPx: shape.windowPx,
		stridePx: stride,
		planes: 'all',
		definition,
		scoreWindowsAt: scoreAt,
		async scoreWindows(image, options) {
			const grid = windowGrid(image, shape.windowPx, stride);
			const scored = await scoreAt(image, grid.origins, options);
			const score = scored.scores.reduce((sum, value) => sum + value, 0) / scored.scores.length;
			return { ...scored, columns: grid.columns, rows: grid.rows, score };
		},
		close: () => runner.close(),
	};
}

/** How the network's answers are read. */
function answeringLoss({ loss, network, outputs }: NetworkDescription, name: string): Loss {
	if (loss === NO_LOSS) {
		throw new ModelError(
			name,
			`${name} answers with ${outputs} classes of things, not with focus. Train a head on it first: parfocal train --network ${network} --weights FILE`,
		);
	}
	return lossNamed(loss);
}

/** What stands for a loss where a network was trained for something else, such as ImageNet's classes. */
export const NO_LOSS = 'none';

interface Asking {
	readonly runner: BatchRunner;
	readonly shape: WindowShape;
	readonly loss: Loss;
	readonly classes: number;
}

async function scoreOrigins(
	{ runner, shape, loss, classes }: Asking,
	image: RgbImage,
	origins: readonly WindowOrigin[],
	{ signal, onProgress }: ScoringOptions,
): Promise<ScoredWindows> {
	const scores = new Float32Array(origins.length);
	const graded = loss.target === 'class';
	const certainty = new Float32Array(graded ? origins.length : 0);
	const probabilities = new Float32Array(graded ? origins.length * classes : 0);
	const outputs = loss.outputs(classes);
	const pixels = new Float32Array(runner.batch * 3 * shape.inputPx ** 2);
	for (let first = 0; first < origins.length; first += runner.batch) {
		signal?.throwIfAborted();
		const count = Math.min(runner.batch, origins.length - first);
		for (let i = 0; i < count; i++) writeWindow(image, origins[first + i]!, shape, pixels, i);
		const answers = await runner.run(pixels, count);
		for (let i = 0; i < count; i++) {
			const said = loss.decode(answers.subarray(i * outputs, (i + 1) * outputs), classes);
			scores[first + i] = said.expected;
			if (!graded) continue;
			certainty[first + i] = said.certainty!;
			probabilities.set(said.probabilities!, (first + i) * classes);
		}
		onProgress?.(first + count);
	}
	return { scores, ...(graded && { certainty, probabilities }) };
}

/** The windows of a whole picture, row by row. */
function windowGrid({ widthPx, heightPx }: RgbImage, windowPx: number, stridePx: number) {
	if (widthPx < windowPx || heightPx < windowPx) {
		throw new ArgumentError(
			'image',
			`An image of ${widthPx} x ${heightPx} px is too small to score: at least ${windowPx} x ${windowPx} px are needed.`,
		);
	}
	const columns = Math.floor((widthPx - windowPx) / stridePx) + 1;
	const rows = Math.floor((heightPx - windowPx) / stridePx) + 1;
	const origins = Array.from({ length: columns * rows }, (_, i) => ({
		x: stridePx * (i % columns),
		y: stridePx * Math.floor(i / columns),
	}));
	return { columns, rows, origins };
}

function checkCount(argument: string, value: number): void {
	if (Number.isInteger(value) && value >= 1) return;
	throw new ArgumentError(argument, `${argument} is ${value}; give a whole number from 1 on.`);
}
