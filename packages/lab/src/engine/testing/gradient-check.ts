/**
 * Compares recorded gradients with finite differences on every engine that this machine can start.
 * @module
 */

import { elementCount } from '@parfocal/core';
import { expect, test } from 'vitest';
import { seededRandom } from '../../simulate/random.ts';
import type { Value } from '../graph.ts';
import { multiply } from '../operators/arithmetic.ts';
import { allAxes, sum } from '../operators/reduction.ts';
import { type Device, type Engine, floats } from '../runtime/engine.ts';
import { Tape } from '../tape.ts';
import { startedEngines } from './engines.ts';

/** An operation to check. */
export interface GradientCase {
	/** Shapes of the inputs; each is filled with random numbers in -1 … 1. */
	readonly shapes: readonly (readonly number[])[];
	/** The operation; its output may have any shape. */
	readonly build: (tape: Tape, inputs: readonly Value[]) => Value;
	/** Changes the random inputs, for instance to keep off a bend. */
	readonly prepare?: (value: number, input: number, index: number) => number;
	/** Step of the differences; default 1e-2. */
	readonly step?: number;
}

/** Places of each input whose derivative is checked; fewer where a graphics driver may be made of software. */
const PROBES: Readonly<Record<Device, number>> = { cpu: 12, wasm: 12, webgpu: 3 };
/** A software driver compiles a program for every operation first. */
const PATIENCE_MS = 120_000;

/** Declares one test an engine: gradients agree with central differences to about their own error. */
export function testGradient(name: string, gradientCase: GradientCase): void {
	for (const { device, open } of startedEngines) {
		test(
			`the gradient of ${name} on ${device}`,
			async () => {
				const worst = await worstGradientError(await open(), gradientCase);
				expect(worst).toBeLessThan(5e-3);
			},
			PATIENCE_MS,
		);
	}
}

/** The largest difference between recorded gradients and central differences, as a share of the largest derivative. */
export async function worstGradientError(engine: Engine, gradientCase: GradientCase): Promise<number> {
	const { shapes, build, prepare = (value) => value, step = 1e-2 } = gradientCase;
	const random = seededRandom(7);
	const data = shapes.map((shape, i) =>
		Float32Array.from({ length: elementCount(shape) }, (_, j) => prepare(random.between(-1, 1), i, j)),
	);
	const tape = new Tape('check');
	const inputs = shapes.map((shape, i) => tape.variable(tape.graph.input(`input_${i}`, shape)));
	const output = build(tape, inputs);
	// A weighted sum, so that no two places of the output pull alike.
	const weights = Float32Array.from({ length: elementCount(output.shape) }, () => random.between(-1, 1));
	const loss = sum(tape, multiply(tape, output, tape.graph.input('weights', output.shape)), allAxes(output));
	const gradients = tape.gradients(loss, inputs);
	tape.graph.output('loss', output);
	for (const [i, gradient] of gradients.entries()) tape.graph.output(`gradient_${i}`, gradient);
	const session = await engine.load(tape.graph.encode());

	const run = async (numbers: readonly Float32Array[]) =>
		session.run({
			weights: engine.tensor('float32', weights, output.shape),
			...Object.fromEntries(numbers.map((own, i) => [`input_${i}`, engine.tensor('float32', own, shapes[i]!)])),
		});
	// The weighted sum is taken here in 64 bits: the engine's own would round the difference away.
	const value = async (numbers: readonly Float32Array[]): Promise<number> => {
		const values = await floats((await run(numbers))['loss']);
		return values.reduce((total, number, i) => total + number * weights[i]!, 0);
	};

	const recorded = await run(data);
	let worst = 0;
	for (const [i, own] of data.entries()) {
		const gradient = await floats(recorded[`gradient_${i}`]);
		expect(gradient.length).toBe(own.length);
		const scale = Math.max(1e-3, ...gradient.map(Math.abs));
		const probes = PROBES[engine.device];
		for (let probe = 0; probe < probes; probe++) {
			const at = Math.floor(((probe + 0.5) * own.length) / probes);
			const moved = async (by: number): Promise<number> =>
				value(data.map((numbers, k) => (k === i ? numbers.with(at, numbers[at]! + by) : numbers)));
			const difference = ((await moved(step)) - (await moved(-step))) / (2 * step);
			worst = Math.max(worst, Math.abs(difference - gradient[at]!) / scale);
		}
	}
	await session.close();
	return worst;
}
