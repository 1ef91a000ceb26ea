/**
 * Do the arrays of a definition fit together?
 * @module
 */
import { ModelError } from '../../errors.ts';
import { type FocusLiteNNDefinition, KERNEL_TAPS } from './definition.ts';
import { featureCount } from './pooling.ts';

/** More kernels than any published model by far; bounds the work a file can ask for. */
const MAXIMUM_KERNELS = 1024;

/** @throws {ModelError} naming the first thing that does not fit. */
export function checkDefinition(definition: FocusLiteNNDefinition): void {
	const { name, kernels, planes, pooling, convWeight, convBias, head, calibration } = definition;
	const require = (holds: boolean, problem: string): void => {
		if (!holds) throw new ModelError(name, `Model '${name}' cannot be used: ${problem}.`);
	};
	const requireLength = (what: string, values: { readonly length: number }, expected: number): void =>
		require(values.length === expected, `${what} has ${values.length} numbers where ${expected} are needed`);

	require(Number.isInteger(kernels) && kernels >= 1 && kernels <= MAXIMUM_KERNELS, `${kernels} kernels`);
	const channels = planes === 'luma' ? 1 : 3;
	requireLength('convWeight', convWeight, kernels * channels * KERNEL_TAPS ** 2);
	requireLength('convBias', convBias, kernels);
	require(convWeight.every(Number.isFinite) && convBias.every(Number.isFinite), 'the convolution is not finite');

	let width = featureCount(pooling, kernels);
	head.forEach(({ inputs, outputs, weight, bias }, index) => {
		const layer = `head layer ${index}`;
		require(inputs === width, `${layer} takes ${inputs} numbers but gets ${width}`);
		requireLength(`${layer}'s weight`, weight, inputs * outputs);
		requireLength(`${layer}'s bias`, bias, outputs);
		require(weight.every(Number.isFinite) && bias.every(Number.isFinite), `${layer} is not finite`);
		width = outputs;
	});
	require(width === 1, `its head ends in ${width} numbers instead of one score`);

	if (calibration !== undefined) {
		const { raw, value } = calibration;
		require(raw.length > 0 && raw.length === value.length, 'its calibration has no points or unequal lists');
		require(raw.every(Number.isFinite) && value.every(Number.isFinite), 'its calibration is not finite');
		require(raw.every((x, i) => i === 0 || x > raw[i - 1]!), 'its calibration is not ascending');
	}
}
