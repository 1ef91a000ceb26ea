/**
 * Networks with made-up numbers against what PyTorch answered: the `forward` part of an architecture file.
 * @module
 */
import { type Engine, floats } from '../engine/runtime/engine.ts';
import { Tape } from '../engine/tape.ts';
import { Layers } from '../networks/layers.ts';
import type { HeadKind, Network } from '../networks/network.ts';
import { parameterSpecs } from '../networks/parameter-specs.ts';
import { networkNamed } from '../networks/registry.ts';
import { runNetwork } from '../networks/run-network.ts';
import { type Finding, relativeError } from './finding.ts';
import { goldenParameters, goldenPictures } from './parameters.ts';

/** A tensor as the file summarises it. */
interface Summary {
	readonly shape: readonly number[];
	readonly mean: number;
	readonly l1: number;
	readonly index: readonly number[];
	readonly value: readonly number[];
}

/** What the file has of a network: all of the first four, or the last. */
export interface ForwardEntry {
	/** Side of the pictures. */
	readonly hw: number;
	readonly stock_logits?: Summary;
	readonly features?: Summary;
	readonly gap?: Summary;
	readonly head_logits?: readonly number[];
	readonly output?: readonly number[];
}

/** Float32 through up to a hundred layers. */
const TOLERANCE = 1e-3;
/** What torchvision's classifiers answer with. */
const STOCK_OUTPUTS = 1000;
/** Outputs of the file's head. */
const HEAD_OUTPUTS = 12;

/**
 * Compares one network.
 * @throws {ArgumentError} when there is no network of that name
 */
export async function checkForward(
	engine: Engine,
	salt: string,
	name: string,
	entry: ForwardEntry,
): Promise<Finding[]> {
	const network = networkNamed(name);
	const findings: Finding[] = [];
	const note = (item: string, error: number): void => {
		findings.push({ item: `${name} ${item}`, error, tolerance: TOLERANCE });
	};
	const ask = async (head: HeadKind, outputs: number, batch: number): Promise<Float32Array> => {
		const parameters = goldenParameters(salt, parameterSpecs(network, head, outputs, entry.hw));
		const setup = { network, head, outputs, parameters, batch, inputPx: entry.hw };
		const running = await runNetwork(engine, setup);
		const given = await running.run(goldenPictures(salt, batch, entry.hw));
		await running.close();
		return given;
	};
	if (entry.output) note('output', relativeError(await ask('classifier', 1, entry.output.length), entry.output));
	if (entry.stock_logits) {
		const found = await ask('classifier', STOCK_OUTPUTS, entry.stock_logits.shape[0]!);
		note('stock_logits', summaryError(found, entry.stock_logits));
	}
	if (entry.features) {
		const { map, means } = await maps(engine, network, salt, entry.features.shape[0]!, entry.hw);
		note('features', summaryError(map, entry.features));
		if (entry.gap) note('gap', summaryError(means, entry.gap));
	}
	if (entry.head_logits) {
		note('head_logits', relativeError(await ask('gap', HEAD_OUTPUTS, 1), entry.head_logits));
	}
	return findings;
}

/** The map that features are, and its means. */
async function maps(
	engine: Engine,
	network: Network,
	salt: string,
	batch: number,
	side: number,
): Promise<{ map: Float32Array; means: Float32Array }> {
	const parameters = goldenParameters(salt, parameterSpecs(network, 'gap', HEAD_OUTPUTS, side));
	const tape = new Tape(network.name);
	const layers = new Layers(tape, {
		mode: 'use',
		bind: ({ key, shape }, graph) => graph.parameter(key, shape, parameters.get(key)!.data),
	});
	const pictures = tape.graph.input('pictures', [batch, 3, side, side]);
	const map = network.features(layers, pictures);
	tape.graph.output('map', map);
	tape.graph.output('means', layers.globalAverage(map));
	const session = await engine.load(tape.graph.encode());
	const numbers = goldenPictures(salt, batch, side);
	const outputs = await session.run({ pictures: engine.tensor('float32', numbers, pictures.shape) });
	const found = { map: await floats(outputs['map']), means: await floats(outputs['means']) };
	await session.close();
	return found;
}

function summaryError(found: Float32Array, { shape, mean, l1, index, value }: Summary): number {
	if (found.length !== shape.reduce((product, size) => product * size, 1)) return Number.POSITIVE_INFINITY;
	let [sum, sumOfMagnitudes] = [0, 0];
	for (const number of found) {
		sum += number;
		sumOfMagnitudes += Math.abs(number);
	}
	const samples = relativeError(
		index.map((i) => found[i]!),
		value,
	);
	const scale = l1 / found.length;
	return Math.max(samples, Math.abs(sum / found.length - mean) / scale, Math.abs(sumOfMagnitudes - l1) / l1);
}
