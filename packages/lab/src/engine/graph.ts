/**
 * A graph of ONNX operations under construction. Every value's shape is known when it is made, so mistakes show where
 * they are written.
 * @module
 */

import { elementCount } from '@parfocal/core';
import { type ElementArray, type ElementType, elementArray } from './element-type.ts';
import { type Attribute, encodeModel, type OnnxConstant, type OnnxNode, type OnnxValue } from './onnx/encode-model.ts';
import { sameShape } from './shape.ts';

/** A value in a graph: known by its name, type and shape; its numbers exist only when the graph runs. */
export interface Value extends OnnxValue {}

/** An operation to add. */
export interface Operation {
	readonly inputs: readonly Value[];
	/** Shape of the output. */
	readonly shape: readonly number[];
	/** Type of the output; default: that of the first input. */
	readonly type?: ElementType;
	readonly attributes?: Readonly<Record<string, Attribute>>;
}

/** Builds one graph. Only operators of the default ONNX domain: they run on every engine. */
export class Graph {
	readonly name: string;
	readonly inputs: OnnxValue[] = [];
	readonly outputs: OnnxValue[] = [];
	readonly nodes: OnnxNode[] = [];
	readonly #constants = new Map<string, OnnxConstant>();
	#count = 0;

	constructor(name: string) {
		this.name = name;
	}

	/** A value that is given at each run. */
	input(name: string, shape: readonly number[], type: ElementType = 'float32'): Value {
		const value = { name, shape, type };
		this.inputs.push(value);
		return value;
	}

	/** Numbers of a network stored in the graph under their own name. */
	parameter(name: string, shape: readonly number[], data: ElementArray): Value {
		if (data.length !== elementCount(shape)) {
			throw new RangeError(`${name} has ${data.length} numbers, not ${elementCount(shape)}.`);
		}
		const value: OnnxConstant = { name, shape, type: 'float32', data };
		this.#constants.set(name, value);
		return value;
	}

	/** Fixed numbers; equal ones are stored once. */
	constant(values: readonly number[], shape: readonly number[], type: ElementType): Value {
		const key = `constant ${type} [${shape.join(' ')}] ${values.join(' ')}`;
		const known = this.#constants.get(key);
		if (known) return known;
		const value = { name: this.#fresh('constant'), shape, type, data: elementArray(type, values) };
		this.#constants.set(key, value);
		return value;
	}

	/** A single number of the same type as `like`. */
	scalar(number: number, like: Value): Value {
		return this.constant([number], [], like.type);
	}

	/** Sizes, axes, positions: the whole numbers that operators take as inputs. */
	integers(values: readonly number[]): Value {
		return this.constant(values, [values.length], 'int64');
	}

	/** Adds an operation with one output. */
	apply(operator: string, { inputs, shape, type, attributes = {} }: Operation): Value {
		const value: Value = { name: this.#fresh(operator), shape, type: type ?? inputs[0]!.type };
		const names = inputs.map(({ name }) => name);
		this.nodes.push({ operator, inputs: names, outputs: [value.name], attributes });
		return value;
	}

	/** Lets a value leave the graph under `name`. */
	output(name: string, value: Value): void {
		this.nodes.push({ operator: 'Identity', inputs: [value.name], outputs: [name], attributes: {} });
		this.outputs.push({ name, shape: value.shape, type: value.type });
	}

	/** Shape of `value` as another: a view, no work. */
	reshape(value: Value, shape: readonly number[]): Value {
		if (sameShape(value.shape, shape)) return value;
		if (elementCount(value.shape) !== elementCount(shape)) {
			throw new RangeError(`[${value.shape.join(' ')}] cannot become [${shape.join(' ')}].`);
		}
		return this.apply('Reshape', { inputs: [value, this.integers(shape)], shape });
	}

	/** The graph as an ONNX file. */
	encode(metadata: Readonly<Record<string, string>> = {}): Uint8Array<ArrayBuffer> {
		const { name, nodes, inputs, outputs } = this;
		return encodeModel({ name, nodes, inputs, outputs, constants: [...this.#constants.values()], metadata });
	}

	#fresh(word: string): string {
		this.#count++;
		return `${word}_${this.#count}`;
	}
}
