/**
 * The graph of one training step: forward, loss, backward, Adam.
 * @module
 */
import { elementCount, type Tensors } from '@parfocal/core';
import { elementwise, joined, scaled, sliced } from '../engine/expressions.ts';
import type { Graph, Value } from '../engine/graph.ts';
import { Tape } from '../engine/tape.ts';
import type { Loss } from '../losses/loss.ts';
import { Layers } from '../networks/layers.ts';
import { layoutOf, type ParameterLayout } from '../networks/layout.ts';
import { answers, type HeadKind, type Network } from '../networks/network.ts';
import type { ParameterSpec } from '../networks/parameters.ts';
import { adamStep } from './adam-step.ts';

/** What is trained, and on batches of what size. */
export interface TrainingSetup {
	readonly network: Network;
	readonly head: HeadKind;
	readonly loss: Loss;
	/** Ordered classes; one for losses of a value. */
	readonly classes: number;
	readonly batch: number;
	/** `[channels, height, width]` of what the network is given: pictures, or the features of a frozen backbone. */
	readonly input: readonly [number, number, number];
	/** Which parameters stay as they are; default none. */
	readonly frozen?: (key: string) => boolean;
	/** False leaves dropout out, as reference steps do; default true. */
	readonly dropout?: boolean;
}

/** Names of what enters and leaves a training graph. */
export const TRAINING = {
	/** `[batch, channels, height, width]`. */
	pictures: 'pictures',
	/** `[batch]`: class or value. */
	targets: 'targets',
	parameters: 'parameters',
	mean: 'adam_mean',
	square: 'adam_square',
	rate: 'adam_rate',
	root: 'adam_root',
	accumulated: 'accumulated',
	loss: 'loss',
	answers: 'answers',
	means: 'batch_means',
	variances: 'batch_variances',
	next: { parameters: 'next_parameters', mean: 'next_mean', square: 'next_square', accumulated: 'next_accumulated' },
} as const;

/** A graph to train with, and what its numbers mean. */
export interface TrainingGraph {
	readonly model: Uint8Array;
	/** All parameters, learned or not, in the order of the layers. */
	readonly specs: readonly ParameterSpec[];
	/** Learned parameters in one list. */
	readonly layout: ParameterLayout;
	/** Normalisations whose statistics leave the graph, in their order in `batch_means` and `batch_variances`. */
	readonly statistics: readonly { readonly key: string; readonly channels: number; readonly count: number }[];
	readonly dropouts: readonly { readonly name: string; readonly shape: readonly number[]; readonly rate: number }[];
}

/** How much of a step a graph does. */
export interface StepKind {
	/** Micro-batches that make up a step; each adds its share of the gradient. */
	readonly parts: number;
	/** Whether this is the last, after which parameters move. */
	readonly last: boolean;
	/** Lets the gradient out as well, for checks. */
	readonly showGradient?: boolean;
}

/**
 * Builds a training graph. Frozen parameters and their statistics are stored in it as `parameters` has them; learned ones
 * enter and leave as one list.
 */
export function trainingGraph(
	setup: TrainingSetup,
	specs: readonly ParameterSpec[],
	parameters: Tensors,
	{ parts, last, showGradient = false }: StepKind = { parts: 1, last: true },
): TrainingGraph {
	const { network, head, loss, classes, batch, input, frozen = () => false } = setup;
	const layout = layoutOf(specs.filter(({ key, learned }) => learned && !frozen(key)));
	const tape = new Tape(network.name);
	const { graph } = tape;
	const pictures = graph.input(TRAINING.pictures, [batch, ...input]);
	const targets = graph.input(TRAINING.targets, [batch]);
	const list = graph.input(TRAINING.parameters, [layout.length]);
	const layers = new Layers(tape, {
		mode: 'train',
		frozen,
		dropout: setup.dropout ?? true,
		bind: ({ key, shape }) => {
			const place = layout.places.get(key);
			if (!place) return graph.parameter(key, shape, parameters.get(key)!.data);
			return part(graph, list, place.begin, shape);
		},
	});
	const given = answers(network, layers, pictures, head, loss.outputs(classes));
	const value = loss.build(tape, given, targets, classes);
	const learned = [...layout.places.keys()].map((key) => layers.learned.get(key)!);
	const gradients = tape.gradients(value, learned).map((own) => graph.reshape(own, [elementCount(own.shape)]));
	const own = scaled(graph, joined(graph, gradients, 0), 1 / parts);
	const gradient = parts > 1 ? elementwise(graph, 'Add', graph.input(TRAINING.accumulated, [layout.length]), own) : own;
	graph.output(TRAINING.loss, value);
	graph.output(TRAINING.answers, given);
	if (layers.statistics.length > 0) {
		graph.output(
			TRAINING.means,
			joined(
				graph,
				layers.statistics.map(({ mean }) => mean),
				0,
			),
		);
		graph.output(
			TRAINING.variances,
			joined(
				graph,
				layers.statistics.map(({ variance }) => variance),
				0,
			),
		);
	}
	if (!last || showGradient) graph.output(TRAINING.next.accumulated, gradient);
	if (last) {
		const state = {
			parameters: list,
			mean: graph.input(TRAINING.mean, [layout.length]),
			square: graph.input(TRAINING.square, [layout.length]),
		};
		const rate = graph.input(TRAINING.rate, []);
		const root = graph.input(TRAINING.root, []);
		const next = adamStep(graph, state, gradient, rate, root);
		graph.output(TRAINING.next.parameters, next.parameters);
		graph.output(TRAINING.next.mean, next.mean);
		graph.output(TRAINING.next.square, next.square);
	}
	return {
		model: graph.encode(),
		specs,
		layout,
		statistics: layers.statistics.map(({ key, mean, count }) => ({ key, channels: mean.shape[0]!, count })),
		dropouts: layers.dropouts,
	};
}

function part(graph: Graph, list: Value, begin: number, shape: readonly number[]): Value {
	const end = begin + elementCount(shape);
	return graph.reshape(sliced(graph, list, [0], [begin], [end]), shape);
}
