/**
 * The layers that networks are written in. A layer makes its parameters under the key that PyTorch's `state_dict` has for
 * them and adds its operations to a graph.
 * @module
 */

import { elementCount } from '@parfocal/core';
import { elementwise } from '../engine/expressions.ts';
import type { Graph, Value } from '../engine/graph.ts';
import { adaptiveAveragePool } from '../engine/operators/adaptive-average-pool.ts';
import { add, multiply } from '../engine/operators/arithmetic.ts';
import { averagePool } from '../engine/operators/average-pool.ts';
import { batchNorm, fixedBatchNorm } from '../engine/operators/batch-norm.ts';
import { convolution } from '../engine/operators/convolution.ts';
import { transposedProduct } from '../engine/operators/matrix-product.ts';
import { maxPool } from '../engine/operators/max-pool.ts';
import { mean } from '../engine/operators/reduction.ts';
import { relu, relu6 } from '../engine/operators/relu.ts';
import { concatenate, reshape } from '../engine/operators/shaping.ts';
import type { Tape } from '../engine/tape.ts';
import { evenPadding, type Padding, windowsOver } from '../engine/window.ts';
import type { Initialisation, ParameterSpec } from './parameters.ts';

/** How a network's numbers enter its graph. */
export interface LayerOptions {
	/** `train`: batches are normalised by themselves and dropout drops; `use`: by what was learned, and nothing drops. */
	readonly mode: 'train' | 'use';
	/** Brings a parameter into the graph, as an input or as stored numbers. */
	readonly bind: (spec: ParameterSpec, graph: Graph) => Value;
	/** Which parameters stay as they are; a frozen normalisation also keeps its statistics. Default: none. */
	readonly frozen?: (key: string) => boolean;
	/** False leaves dropout out of training; default true. */
	readonly dropout?: boolean;
}

/** Statistics of a batch that a normalisation wants remembered. */
export interface BatchStatistics {
	/** Key of the layer, such as `bn1`. */
	readonly key: string;
	/** `[channels]`, over the batch; the variance divides by `count`. */
	readonly mean: Value;
	readonly variance: Value;
	readonly count: number;
}

/** A dropout whose mask is an input of the graph, so that the random numbers come from a seed. */
export interface DropoutMask {
	/** Name of the input. */
	readonly name: string;
	readonly shape: readonly number[];
	/** Share of numbers that are dropped; the others are to be divided by one minus it. */
	readonly rate: number;
}

/** Options of a convolution; by default 1x1, one place at a time, without padding, in one group, with a bias. */
export interface ConvolutionLayer {
	readonly outputs: number;
	readonly kernel?: number;
	readonly stride?: number;
	readonly padding?: number | Padding;
	readonly groups?: number;
	readonly bias?: boolean;
	/** Default: Kaiming's normal, by the outputs. */
	readonly initialisation?: Initialisation;
}

/** Adds layers to a graph and remembers what they need. */
export class Layers {
	readonly tape: Tape;
	readonly mode: 'train' | 'use';
	/** Everything that was bound, in the order of the layers. */
	readonly parameters: ParameterSpec[] = [];
	/** Parameters that are learned, by key. */
	readonly learned: Map<string, Value> = new Map<string, Value>();
	readonly statistics: BatchStatistics[] = [];
	readonly dropouts: DropoutMask[] = [];
	readonly #options: LayerOptions;

	constructor(tape: Tape, options: LayerOptions) {
		this.tape = tape;
		this.mode = options.mode;
		this.#options = options;
	}

	/** A parameter by itself; learned unless frozen, in training. */
	parameter(key: string, shape: readonly number[], initialisation: Initialisation): Value {
		return this.#bind({ key, shape, initialisation, learned: true });
	}

	/** Convolution; weights `[outputs, channels / groups, kernel, kernel]` under `key.weight`, and `key.bias`. */
	convolution(x: Value, key: string, layer: ConvolutionLayer): Value {
		const { outputs, kernel = 1, stride = 1, padding = 0, groups = 1, bias = true } = layer;
		const ownChannels = x.shape[1]! / groups;
		const { initialisation = 'kaiming-normal-by-outputs' } = layer;
		const w = this.parameter(`${key}.weight`, [outputs, ownChannels, kernel, kernel], initialisation);
		const fanIn = ownChannels * kernel * kernel;
		const own = bias ? { bias: this.parameter(`${key}.bias`, [outputs], { uniform: 1 / Math.sqrt(fanIn) }) } : {};
		const sides = typeof padding === 'number' ? evenPadding(padding) : padding;
		return convolution(this.tape, x, w, { stride, padding: sides, groups, ...own });
	}

	/** Batch normalisation of each channel. */
	batchNorm(x: Value, key: string, { epsilon = 1e-5 }: { readonly epsilon?: number } = {}): Value {
		const [n, channels, height, width] = x.shape as [number, number, number, number];
		const weight = this.parameter(`${key}.weight`, [channels], 'ones');
		const bias = this.parameter(`${key}.bias`, [channels], 'zeros');
		const running = this.#statistics(key, channels);
		if (this.mode === 'use' || this.#options.frozen?.(`${key}.weight`)) {
			return fixedBatchNorm(this.tape, x, weight, bias, running.mean, running.variance, epsilon);
		}
		const { output, mean, variance } = batchNorm(this.tape, x, weight, bias, epsilon);
		this.statistics.push({ key, mean, variance, count: n * height * width });
		return output;
	}

	/** A convolution without bias, under the first key, and the normalisation of its result, under the second. */
	normalisedConvolution(
		x: Value,
		[convolutionKey, normKey]: readonly [string, string],
		{ epsilon = 1e-5, ...layer }: ConvolutionLayer & { readonly epsilon?: number },
	): Value {
		return this.batchNorm(this.convolution(x, convolutionKey, { ...layer, bias: false }), normKey, { epsilon });
	}

	/** Dense layer of `x`, `[n, features]`; weights `[outputs, features]` under `key.weight`, and `key.bias`. */
	linear(x: Value, key: string, outputs: number): Value {
		const features = x.shape[1]!;
		const bound = { uniform: 1 / Math.sqrt(features) };
		const w = this.parameter(`${key}.weight`, [outputs, features], bound);
		const bias = this.parameter(`${key}.bias`, [outputs], bound);
		return add(this.tape, transposedProduct(this.tape, x, w), bias);
	}

	/** Largest number of each `kernel` x `kernel` window; `ceil` lets the last windows hang over the edge. */
	maxPool(
		x: Value,
		kernel: number,
		stride: number,
		{ padding = 0, ceil = false }: { readonly padding?: number; readonly ceil?: boolean } = {},
	): Value {
		const size = x.shape.slice(2) as [number, number];
		return maxPool(this.tape, x, windowsOver(size, [kernel, kernel], stride, evenPadding(padding), ceil));
	}

	/** Mean of each `size` x `size` block; what is left at the right and bottom is not looked at. */
	averagePool(x: Value, size: number): Value {
		return averagePool(this.tape, x, size);
	}

	/** Means over `size` x `size` parts of a map of any size. */
	adaptiveAverage(x: Value, size: number): Value {
		return adaptiveAveragePool(this.tape, x, size);
	}

	/** Mean of each channel: `[n, channels]`. */
	globalAverage(x: Value): Value {
		return mean(this.tape, x, [2, 3]);
	}

	/** `[n, features]` as a map of one place: `[n, features, 1, 1]`. */
	asMap(x: Value): Value {
		return reshape(this.tape, x, [...x.shape, 1, 1]);
	}

	/** Sum of two values. */
	add(a: Value, b: Value): Value {
		return add(this.tape, a, b);
	}

	/** `max(x, 0)`. */
	relu(x: Value): Value {
		return relu(this.tape, x);
	}

	/** `min(max(x, 0), 6)`. */
	relu6(x: Value): Value {
		return relu6(this.tape, x);
	}

	/** Values side by side along the channels. */
	concatenate(parts: readonly Value[]): Value {
		return concatenate(this.tape, parts, 1);
	}

	/** All numbers of each picture in one row: `[n, features]`. */
	flatten(x: Value): Value {
		const n = x.shape[0]!;
		return reshape(this.tape, x, [n, elementCount(x.shape) / n]);
	}

	/** Drops a share of the numbers in training. */
	dropout(x: Value, rate: number): Value {
		if (this.mode === 'use' || this.#options.dropout === false) return x;
		const name = `dropout_${this.dropouts.length}`;
		this.dropouts.push({ name, shape: x.shape, rate });
		return multiply(this.tape, x, this.tape.graph.input(name, x.shape));
	}

	/** `[1, channels, 1, 1]` numbers subtracted from and divided out of a picture: fixed, not learned. */
	normalise(x: Value, mean: readonly number[], deviation: readonly number[]): Value {
		const { graph } = this.tape;
		const shape = [1, mean.length, 1, 1];
		const centred = elementwise(graph, 'Sub', x, graph.constant(mean, shape, x.type));
		return elementwise(graph, 'Div', centred, graph.constant(deviation, shape, x.type));
	}

	#statistics(key: string, channels: number): { mean: Value; variance: Value } {
		const own = (name: string, initialisation: Initialisation): Value =>
			this.#bind({ key: `${key}.${name}`, shape: [channels], initialisation, learned: false });
		return { mean: own('running_mean', 'zeros'), variance: own('running_var', 'ones') };
	}

	#bind(spec: ParameterSpec): Value {
		const { bind, frozen } = this.#options;
		this.parameters.push(spec);
		const value = bind(spec, this.tape.graph);
		if (this.mode === 'use' || !spec.learned || frozen?.(spec.key)) return value;
		this.learned.set(spec.key, value);
		return this.tape.variable(value);
	}
}
