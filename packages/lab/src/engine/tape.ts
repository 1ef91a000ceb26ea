/**
 * Reverse-mode differentiation: operators record how a gradient passes back through them, and `gradients` walks the
 * record from the end. The way back is made of operations of the same graph.
 * @module
 */

import { elementCount } from '@parfocal/core';
import { Graph, type Value } from './graph.ts';

/**
 * The way back through one operation: from the gradient of its output to those of its inputs, in their order. `needs[i]`
 * says whether anybody asks for input `i`; what nobody needs may be left `undefined`.
 */
export type GradientRule = (gradient: Value, needs: readonly boolean[]) => readonly (Value | undefined)[];

interface Step {
	readonly output: Value;
	readonly inputs: readonly Value[];
	readonly rule: GradientRule;
}

/**
 * A graph that remembers how to differentiate.
 * @example
 * ```ts
 * const tape = new Tape('square');
 * const x = tape.variable(tape.graph.input('x', [3]));
 * const loss = sum(tape, multiply(tape, x, x), [0]);
 * const [dx] = tape.gradients(loss, [x]); // 2 x
 * ```
 */
export class Tape {
	readonly graph: Graph;
	readonly #steps: Step[] = [];
	/** Names of values that depend on a variable. */
	readonly #moving = new Set<string>();

	constructor(name: string) {
		this.graph = new Graph(name);
	}

	/** Marks a value as one that gradients can be asked for. */
	variable(value: Value): Value {
		this.#moving.add(value.name);
		return value;
	}

	/** Whether a value depends on a variable. */
	moves(value: Value): boolean {
		return this.#moving.has(value.name);
	}

	/** Remembers an operation that was just added to the graph. */
	record(output: Value, inputs: readonly Value[], rule: GradientRule): Value {
		if (inputs.some((input) => this.moves(input))) {
			this.#moving.add(output.name);
			this.#steps.push({ output, inputs, rule });
		}
		return output;
	}

	/**
	 * Gradients of a single number with respect to variables, in their order.
	 * @throws {RangeError} when `loss` is more than one number or does not depend on one of the variables
	 */
	gradients(loss: Value, variables: readonly Value[]): Value[] {
		if (elementCount(loss.shape) !== 1) throw new RangeError(`The loss has shape [${loss.shape.join(' ')}].`);
		const sums = new Map<string, Value>([[loss.name, this.graph.constant([1], loss.shape, loss.type)]]);
		for (const { output, inputs, rule } of this.#steps.toReversed()) {
			const gradient = sums.get(output.name);
			if (!gradient) continue;
			const needs = inputs.map((input) => this.moves(input));
			for (const [i, part] of rule(gradient, needs).entries()) {
				if (!part || !needs[i]) continue;
				const { name, shape } = inputs[i]!;
				const before = sums.get(name);
				sums.set(name, before ? this.graph.apply('Add', { inputs: [before, part], shape }) : part);
			}
		}
		return variables.map(({ name }) => {
			const gradient = sums.get(name);
			if (!gradient) throw new RangeError(`The loss does not depend on ${name}.`);
			return gradient;
		});
	}
}
