/**
 * Compares networks with a file of forward passes in the format of `arch-open.json`.
 * @module
 */
import { ArgumentError, elementCount } from '@parfocal/core';
import type { Value } from '../engine/graph.ts';
import { type Engine, floats } from '../engine/runtime/engine.ts';
import { Tape } from '../engine/tape.ts';
import { Layers } from '../networks/layers.ts';
import { type Network, ordinalHead } from '../networks/network.ts';
import { networkNamed } from '../networks/registry.ts';
import { goldenParameters, goldenPictures } from './parameters.ts';

/** Some numbers of an output, and what all of them amount to. */
export interface GoldenSummary {
	readonly shape: readonly number[];
	readonly mean: number;
	readonly std: number;
	/** Sum of the absolute values. */
	readonly l1: number;
	/** Places of `value` in the flattened output. */
	readonly index: readonly number[];
	readonly value: readonly number[];
}

/** The forward passes of one network. */
export interface GoldenForward {
	/** Side of the pictures. */
	readonly hw: number;
	/** torchvision's 1,000 answers. */
	readonly stock_logits?: GoldenSummary;
	/** The map of all but the last child. */
	readonly features?: GoldenSummary;
	/** Its means. */
	readonly gap?: GoldenSummary;
	/** Answers of the ordinal head. */
	readonly head_logits?: readonly number[];
	/** One answer a picture, of the network's own classifier. */
	readonly output?: readonly number[];
}

/** The part of the file that is looked at. */
export interface GoldenArchitectures {
	readonly salt: string;
	readonly forward: Readonly<Record<string, GoldenForward>>;
}

/** How far off an item was. */
export interface CheckedItem {
	/** Network and quantity, such as `resnet18 gap`. */
	readonly item: string;
	/** Largest difference, as a share of the largest number expected. */
	readonly worst: number;
}

/** Outputs of the ordinal head in these files: twelve classes. */
const CLASSES = 12;
const STOCK_OUTPUTS = 1000;

/**
 * Runs every network of the file, or those named, on the engine.
 * @throws {ModelError} when the file names a network there is not, or the engine cannot run one
 * @example
 * ```ts
 * const worst = Math.max(...(await checkForward(file, engine, ['resnet18'])).map((item) => item.worst));
 * ```
 */
export async function checkForward(
	file: GoldenArchitectures,
	engine: Engine,
	names: readonly string[] = Object.keys(file.forward),
): Promise<CheckedItem[]> {
	const items: CheckedItem[] = [];
	for (const name of names) items.push(...(await checkNetwork(networkNamed(name), file, engine)));
	return items;
}

async function checkNetwork(network: Network, file: GoldenArchitectures, engine: Engine): Promise<CheckedItem[]> {
	const golden = file.forward[network.name];
	if (!golden) throw new ArgumentError('names', `The file has no forward pass of ${network.name}.`);
	const batch = golden.output?.length ?? golden.features?.shape[0] ?? golden.stock_logits?.shape[0] ?? 1;
	const tape = new Tape(network.name);
	// Parameters are inputs: stored ones would be copied and rearranged, which takes a VGG far longer than to answer.
	const layers = new Layers(tape, { mode: 'use', bind: ({ key, shape }, graph) => graph.input(key, shape) });
	const pictures = tape.graph.input('pictures', [batch, 3, golden.hw, golden.hw]);
	const features = network.features(layers, pictures);
	const gap = layers.globalAverage(features);
	const wanted: Record<string, Value | undefined> = {
		features: golden.features && features,
		gap: golden.gap && gap,
		head_logits: golden.head_logits && ordinalHead(layers, gap, CLASSES),
		stock_logits: golden.stock_logits && network.classifier(layers, features, STOCK_OUTPUTS),
		output: golden.output && network.classifier(layers, features, 1),
	};
	for (const [name, value] of Object.entries(wanted)) if (value) tape.graph.output(name, value);

	const session = await engine.load(tape.graph.encode());
	const numbers = goldenPictures(file.salt, batch, golden.hw);
	const parameters = [...goldenParameters(layers.parameters, file.salt)];
	const outputs = await session.run({
		pictures: engine.tensor('float32', numbers, pictures.shape),
		...Object.fromEntries(parameters.map(([key, { data, shape }]) => [key, engine.tensor('float32', data, shape)])),
	});
	const items: CheckedItem[] = [];
	for (const name of session.outputNames) {
		const expected = golden[name as keyof Omit<GoldenForward, 'hw'>]!;
		const given = await floats(outputs[name]);
		const worst = 'index' in expected ? worstOfSummary(given, expected) : worstOf([...given], expected);
		items.push({ item: `${network.name} ${name}`, worst });
	}
	await session.close();
	return items;
}

/** The largest difference as a share of the largest number expected. */
function worstOf(given: readonly number[], expected: readonly number[]): number {
	if (given.length !== expected.length) return Number.POSITIVE_INFINITY;
	const largest = Math.max(...expected.map(Math.abs));
	return Math.max(...expected.map((value, i) => Math.abs(value - given[i]!))) / largest;
}

function worstOfSummary(given: Float32Array, { shape, index, value, mean, std, l1 }: GoldenSummary): number {
	if (given.length !== elementCount(shape)) return Number.POSITIVE_INFINITY;
	const ownMean = given.reduce((sum, x) => sum + x, 0) / given.length;
	const ownStd = Math.sqrt(given.reduce((sum, x) => sum + (x - ownMean) ** 2, 0) / given.length);
	const ownL1 = given.reduce((sum, x) => sum + Math.abs(x), 0);
	const places = index.map((at) => given[at]!);
	return Math.max(worstOf([...places, ownMean, ownStd], [...value, mean, std]), Math.abs(ownL1 - l1) / l1);
}
