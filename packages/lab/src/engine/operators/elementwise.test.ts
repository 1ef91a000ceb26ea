import { describe, expect, test } from 'vitest';
import type { Value } from '../graph.ts';
import { floats } from '../runtime/engine.ts';
import { Tape } from '../tape.ts';
import { startedEngines } from '../testing/engines.ts';
import { testGradient } from '../testing/gradient-check.ts';
import { absolute } from './absolute.ts';
import { exponential } from './exponential.ts';
import { hyperbolicTangent } from './hyperbolic-tangent.ts';
import { logarithm } from './logarithm.ts';
import { relu, relu6 } from './relu.ts';
import { sigmoid } from './sigmoid.ts';
import { softplus } from './softplus.ts';
import { squareRoot } from './square-root.ts';

type Operator = (tape: Tape, x: Value) => Value;

/** Keeps off zero, where a function bends or ends. */
const offZero = (value: number): number => value + Math.sign(value) * 0.1;
const positive = (value: number): number => 1.2 + value;

describe('functions of one number', () => {
	const cases: Readonly<Record<string, readonly [Operator, (value: number) => number]>> = {
		absolute: [absolute, offZero],
		exponential: [exponential, (value) => value],
		hyperbolicTangent: [hyperbolicTangent, (value) => value],
		logarithm: [logarithm, positive],
		relu: [relu, offZero],
		relu6: [relu6, (value) => 3 + 7 * offZero(value)],
		sigmoid: [sigmoid, (value) => 3 * value],
		softplus: [softplus, (value) => 3 * value],
		squareRoot: [squareRoot, positive],
	};
	for (const [name, [operator, prepare]] of Object.entries(cases)) {
		testGradient(name, { shapes: [[40]], prepare, step: 3e-3, build: (tape, [x]) => operator(tape, x!) });
	}
});

/** Values and derivatives of `operator` at `points`, on the processor. */
async function at(operator: Operator, points: readonly number[]): Promise<[number[], number[]]> {
	const tape = new Tape('points');
	const x = tape.variable(tape.graph.input('x', [points.length]));
	const y = operator(tape, x);
	const total = tape.graph.apply('ReduceSum', { inputs: [y], shape: [], attributes: { keepdims: 0 } });
	tape.record(total, [y], (gradient) => [
		tape.graph.apply('Expand', { inputs: [gradient, tape.graph.integers(y.shape)], shape: y.shape }),
	]);
	tape.graph.output('y', y);
	tape.graph.output('slope', tape.gradients(total, [x])[0]!);
	const engine = await startedEngines[0]!.open();
	const session = await engine.load(tape.graph.encode());
	const outputs = await session.run({ x: engine.tensor('float32', Float32Array.from(points), [points.length]) });
	const found = [[...(await floats(outputs['y']))], [...(await floats(outputs['slope']))]] as [number[], number[]];
	await session.close();
	return found;
}

test('the bends of the rectifiers have no slope', async () => {
	expect(await at(relu, [-1, 0, 2])).toEqual([
		[0, 0, 2],
		[0, 0, 1],
	]);
	expect(await at(relu6, [-1, 0, 3, 6, 9])).toEqual([
		[0, 0, 3, 6, 6],
		[0, 0, 1, 0, 0],
	]);
	expect((await at(absolute, [-2, 0, 2]))[1]).toEqual([-1, 0, 1]);
});

test('softplus of large numbers overflows nowhere', async () => {
	const [values, slopes] = await at(softplus, [-800, 800]);
	expect(values).toEqual([0, 800]);
	expect(slopes).toEqual([0, 1]);
});
