/**
 * Answers of a head to rows of features.
 * @module
 */
import type { Tensors } from '@parfocal/core';
import { answers, type Engine, floats, Layers, type Network, Tape } from '@parfocal/lab/learn';

/** A head that answers. */
export interface HeadReader {
	/** One answer a row. */
	read(rows: readonly Float32Array[]): Promise<Float32Array[]>;
	close(): Promise<void>;
}

/** Prepares a head for `rows` rows at a time. `network` is one without its backbone. */
export async function createHeadReader(
	engine: Engine,
	network: Network,
	outputs: number,
	parameters: Tensors,
	rows: number,
): Promise<HeadReader> {
	const count = parameters.get('head.1.weight')!.shape[1]!;
	const tape = new Tape('head');
	const layers = new Layers(tape, {
		mode: 'use',
		bind: ({ key, shape }, graph) => graph.parameter(key, shape, parameters.get(key)!.data),
	});
	const input = tape.graph.input('features', [rows, count, 1, 1]);
	tape.graph.output('answers', answers(network, layers, input, 'gap', outputs));
	const session = await engine.load(tape.graph.encode());
	return {
		async read(given) {
			const all = new Float32Array(rows * count);
			for (const [i, row] of given.entries()) all.set(row, i * count);
			const results = await session.run({ features: engine.tensor('float32', all, input.shape) });
			const numbers = await floats(results['answers']);
			return given.map((_, i) => numbers.slice(i * outputs, (i + 1) * outputs));
		},
		close: () => session.close(),
	};
}
