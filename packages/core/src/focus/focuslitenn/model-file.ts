/**
 * Our own model files: safetensors with the weights, and the rest of the definition as JSON in the metadata.
 * Tensors: `conv.weight` `[K, C, 7, 7]`, `conv.bias` `[K]`, and for head layer `i` `head.i.weight` `[out, in]`,
 * `head.i.bias` `[out]`.
 * @module
 */
import type { CalibrationCurve } from '../../calibration/curve.ts';
import { ModelError } from '../../errors.ts';
import { sha256 } from '../../fingerprint.ts';
import { readSafetensors, type SafetensorsFile, writeSafetensors } from '../../weights/safetensors.ts';
import type { Tensor } from '../../weights/tensor.ts';
import type { ScoreUnit } from '../focus-model.ts';
import { checkDefinition } from './check-definition.ts';
import { type DenseLayer, type FocusLiteNNDefinition, KERNEL_TAPS, type Pooling } from './definition.ts';

/** Key of the metadata that tells our files from others. */
export const METADATA_KEY = 'parfocal';
const FORMAT = 1;
const UNITS: readonly ScoreUnit[] = ['defocusUm', 'blurRadiusPx', 'zLevel', 'score'];
const POOLINGS: readonly Pooling[] = ['min', 'minMax', 'energy'];
const MAXIMUM_LAYERS = 16;

/** The definition without its numbers in bulk, and without the file's own hash. */
type Description = Omit<FocusLiteNNDefinition, 'sha256' | 'convWeight' | 'convBias' | 'head' | 'kernels'>;

/** Writes a definition; the same definition gives the same bytes. Its `sha256` is not stored: it is that of the file. */
export function focusLiteNNToSafetensors(definition: FocusLiteNNDefinition): Uint8Array<ArrayBuffer> {
	checkDefinition(definition);
	const { kernels, planes, convWeight, convBias, head } = definition;
	const channels = planes === 'luma' ? 1 : 3;
	const tensors = new Map<string, Tensor>([
		['conv.weight', { shape: [kernels, channels, KERNEL_TAPS, KERNEL_TAPS], data: convWeight }],
		['conv.bias', { shape: [kernels], data: convBias }],
	]);
	for (const [index, { inputs, outputs, weight, bias }] of head.entries()) {
		tensors.set(`head.${index}.weight`, { shape: [outputs, inputs], data: weight });
		tensors.set(`head.${index}.bias`, { shape: [outputs], data: bias });
	}
	return writeSafetensors(tensors, { [METADATA_KEY]: JSON.stringify({ format: FORMAT, ...describe(definition) }) });
}

function describe(definition: FocusLiteNNDefinition): Description {
	const { kind, name, licence, origin, planes, pooling, paddingPx, clampAtZero, unit } = definition;
	const { calibration, mppRange } = definition;
	return {
		kind,
		name,
		licence,
		origin,
		planes,
		pooling,
		paddingPx,
		clampAtZero,
		unit,
		...(calibration && { calibration }),
		...(mppRange && { mppRange }),
	};
}

/**
 * Reads one of our files.
 * @param label names the model in errors until its own name is known.
 * @throws {FormatError} when it is no safetensors file.
 * @throws {ModelError} when it is not one of ours, of a later version, or does not hold together.
 */
export async function focusLiteNNFromSafetensors(
	bytes: Uint8Array<ArrayBuffer>,
	label: string,
): Promise<FocusLiteNNDefinition> {
	const file = readSafetensors(bytes);
	if (!isModelFile(file)) {
		throw new ModelError(
			label,
			`${label} holds weights but no model description. Import it first: parfocal models import.`,
		);
	}
	return { ...definitionOf(file, label), sha256: await sha256(bytes) };
}

/** True when the file carries a description of ours. */
export function isModelFile({ metadata }: SafetensorsFile): boolean {
	return Object.hasOwn(metadata, METADATA_KEY);
}

function definitionOf({ tensors, metadata }: SafetensorsFile, label: string): FocusLiteNNDefinition {
	const find = (name: string): Tensor => {
		const tensor = tensors.get(name);
		if (tensor === undefined) throw new ModelError(label, `Model file ${label} lacks the tensor '${name}'.`);
		return tensor;
	};
	const description = parseDescription(metadata[METADATA_KEY]!, label);
	const conv = find('conv.weight');
	const head: DenseLayer[] = [];
	while (tensors.has(`head.${head.length}.weight`) && head.length < MAXIMUM_LAYERS) {
		const weight = find(`head.${head.length}.weight`);
		const [outputs = 0, inputs = 0] = weight.shape;
		head.push({ inputs, outputs, weight: weight.data, bias: find(`head.${head.length}.bias`).data });
	}
	const definition = {
		...description,
		sha256: '',
		kernels: conv.shape[0] ?? 0,
		convWeight: conv.data,
		convBias: find('conv.bias').data,
		head,
	};
	checkDefinition(definition);
	return definition;
}

function parseDescription(json: string, label: string): Description {
	const refuse = (problem: string, cause?: unknown): never => {
		throw new ModelError(label, `Model file ${label} cannot be used: ${problem}.`, { cause });
	};
	let value: Partial<Record<keyof Description | 'format', unknown>> = {};
	try {
		value = Object(JSON.parse(json));
	} catch (cause) {
		refuse('its description is not JSON', cause);
	}
	const { kind, name, licence, origin, planes, pooling, paddingPx, clampAtZero, unit } = value;
	const { calibration, mppRange } = value;
	if (value.format !== FORMAT || kind !== 'focuslitenn') {
		refuse(`it is of format ${String(value.format)} and kind ${String(kind)}, made by a later version`);
	}
	const sound =
		typeof name === 'string' &&
		typeof licence === 'string' &&
		typeof origin === 'string' &&
		(planes === 'all' || planes === 'luma') &&
		POOLINGS.includes(pooling as Pooling) &&
		(paddingPx === 0 || paddingPx === 1) &&
		typeof clampAtZero === 'boolean' &&
		UNITS.includes(unit as ScoreUnit) &&
		(calibration === undefined || isCalibration(calibration)) &&
		(mppRange === undefined || isNumbers(mppRange, 2));
	if (!sound) refuse('its description is damaged');
	return describe(value as FocusLiteNNDefinition);
}

function isCalibration(value: unknown): value is CalibrationCurve {
	const { raw, value: values } = Object(value) as Partial<Record<keyof CalibrationCurve, unknown>>;
	return isNumbers(raw) && isNumbers(values, raw.length);
}

function isNumbers(value: unknown, length?: number): value is number[] {
	return (
		Array.isArray(value) && value.every((item) => typeof item === 'number') && (length ?? value.length) === value.length
	);
}
