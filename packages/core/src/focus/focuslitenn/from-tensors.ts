/**
 * FocusLiteNN models from the tensors of the authors' code, or of code like it.
 * @module
 */
import { ModelError } from '../../errors.ts';
import type { Tensor, Tensors } from '../../weights/tensor.ts';
import type { ScoreUnit } from '../focus-model.ts';
import { checkDefinition } from './check-definition.ts';
import { type DenseLayer, type FocusLiteNNDefinition, KERNEL_TAPS, type Pooling } from './definition.ts';

/** What weights alone do not tell. */
export interface FocusLiteNNFacts {
	readonly name: string;
	/** SHA-256 of the file the weights came from. */
	readonly sha256: string;
	readonly licence: string;
	readonly origin: string;
	/** `score` unless told: only who trained it knows. */
	readonly unit?: ScoreUnit;
	/** False unless told; the authors' demo does it for their models trained on mean squared error. */
	readonly clampAtZero?: boolean;
	/** 1 unless told, as published. */
	readonly paddingPx?: 0 | 1;
}

/** Prefix that PyTorch's DataParallel leaves in names. */
const PARALLEL_PREFIX = 'module.';

/**
 * Recognises a FocusLiteNN by its tensors: `conv.weight` `[K, 3, 7, 7]` (or `[K, 1, 7, 7]` on luma), `conv.bias` `[K]`,
 * and for min pooling of several kernels `fc.weight` `[1, K, 1, 1]`, for min and max `[1, 2 K, 1, 1]`, with `fc.bias`.
 * @throws {ModelError} saying what is missing or of another shape.
 */
export function focusLiteNNFromTensors(tensors: Tensors, facts: FocusLiteNNFacts): FocusLiteNNDefinition {
	const byName = new Map([...tensors].map(([name, tensor]) => [withoutPrefix(name), tensor]));
	const refuse = (problem: string): never => {
		throw new ModelError(facts.name, `These weights are not a FocusLiteNN: ${problem}.`);
	};
	const find = (name: string): Tensor => byName.get(name) ?? refuse(`there is no tensor '${name}'`);

	const conv = find('conv.weight');
	const [kernels = 0, channels, ...taps] = conv.shape;
	if (conv.shape.length !== 4 || !isPixelChannels(channels) || taps.some((size) => size !== KERNEL_TAPS)) {
		refuse(`'conv.weight' has the shape [${conv.shape.join(', ')}] where [K, 3, 7, 7] is needed`);
	}
	const known = ['conv.weight', 'conv.bias', 'fc.weight', 'fc.bias'];
	const other = [...byName.keys()].find((name) => !known.includes(name));
	if (other !== undefined) refuse(`it has a tensor '${other}'`);

	const definition = {
		kind: 'focuslitenn' as const,
		name: facts.name,
		sha256: facts.sha256,
		licence: facts.licence,
		origin: facts.origin,
		planes: channels === 1 ? ('luma' as const) : ('all' as const),
		kernels,
		convWeight: conv.data,
		convBias: find('conv.bias').data,
		...headOf(byName, kernels, refuse),
		paddingPx: facts.paddingPx ?? (1 as const),
		clampAtZero: facts.clampAtZero ?? false,
		unit: facts.unit ?? ('score' as const),
	};
	checkDefinition(definition);
	return definition;
}

function headOf(
	tensors: Tensors,
	kernels: number,
	refuse: (problem: string) => never,
): { pooling: Pooling; head: DenseLayer[] } {
	const weight = tensors.get('fc.weight');
	const bias = tensors.get('fc.bias');
	if (weight === undefined || bias === undefined) {
		if (weight !== bias) refuse(`one of 'fc.weight' and 'fc.bias' is missing`);
		if (kernels !== 1) refuse(`${kernels} kernels need 'fc.weight' and 'fc.bias'`);
		return { pooling: 'min', head: [] };
	}
	const [outputs, inputs = 0, ...rest] = weight.shape;
	if (outputs !== 1 || rest.some((size) => size !== 1) || (inputs !== kernels && inputs !== 2 * kernels)) {
		refuse(
			`'fc.weight' has the shape [${weight.shape.join(', ')}] where ` +
				`[1, ${kernels}, 1, 1] or [1, ${2 * kernels}, 1, 1] is needed`,
		);
	}
	const pooling = inputs === kernels ? 'min' : 'minMax';
	const ordered = pooling === 'min' ? weight.data : paired(weight.data);
	return { pooling, head: [{ inputs, outputs: 1, weight: ordered, bias: bias.data }] };
}

/** The authors' class puts all minima before all maxima; a definition has each kernel's two together. */
function paired(weight: Float32Array): Float32Array {
	const kernels = weight.length / 2;
	return weight.map((_, index) => weight[(index % 2) * kernels + Math.floor(index / 2)]!);
}

function isPixelChannels(channels: number | undefined): boolean {
	return channels === 1 || channels === 3;
}

function withoutPrefix(name: string): string {
	return name.startsWith(PARALLEL_PREFIX) ? name.slice(PARALLEL_PREFIX.length) : name;
}
