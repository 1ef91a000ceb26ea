/**
 * Convolution, as networks call a correlation.
 * @module
 */
import { summed } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';
import { type Padding, paddingList, windowsOver } from '../window.ts';
import { inputGradient } from './convolution-input-gradient.ts';
import { weightGradient } from './convolution-weight-gradient.ts';

/** How a kernel moves. */
export interface ConvolutionOptions {
	readonly stride: number;
	readonly padding: Padding;
	/** Groups of channels that do not see each other: one, or as many as channels ("depthwise"). */
	readonly groups: number;
	/** `[outputs]`. */
	readonly bias?: Value;
}

/**
 * Convolution of `x`, `[n, channels, height, width]`, with `w`, `[outputs, channels / groups, kernelHeight, kernelWidth]`.
 * @throws {RangeError} when shapes do not fit, or groups are neither one nor depthwise
 */
export function convolution(tape: Tape, x: Value, w: Value, options: ConvolutionOptions): Value {
	const { stride, padding, groups, bias } = options;
	const [n, channels, height, width] = x.shape as [number, number, number, number];
	const [outputs, ownChannels, kernelHeight, kernelWidth] = w.shape as [number, number, number, number];
	if (ownChannels * groups !== channels) {
		throw new RangeError(
			`Weights of shape [${w.shape.join(' ')}] do not fit ${channels} channels in ${groups} groups.`,
		);
	}
	if (groups !== 1 && (groups !== channels || outputs !== channels)) {
		throw new RangeError(`${groups} groups of ${channels} channels: only one, or one a channel, are supported.`);
	}
	const windows = windowsOver([height, width], [kernelHeight, kernelWidth], stride, padding);
	const inputs = bias ? [x, w, bias] : [x, w];
	const y = tape.graph.apply('Conv', {
		inputs,
		shape: [n, outputs, windows.height, windows.width],
		attributes: {
			kernel_shape: [kernelHeight, kernelWidth],
			strides: [stride, stride],
			pads: paddingList(windows.padding),
			group: groups,
		},
	});
	return tape.record(y, inputs, (gradient, [needsX, needsW, needsBias]) => [
		needsX ? inputGradient(tape.graph, x, w, gradient, windows, groups) : undefined,
		needsW ? weightGradient(tape.graph, x, w, gradient, windows, groups) : undefined,
		needsBias ? summed(tape.graph, gradient, [0, 2, 3]) : undefined,
	]);
}
