/**
 * Weights that do not say what they are, and what the user says of them.
 * @module
 */
import { ArgumentError, looksLikeSafetensors, ModelError, readSafetensors, readTorch } from '@parfocal/core';
import type { HeadKind, Network, NetworkFile } from '@parfocal/lab';

/** What the user says of a file of weights. */
export interface WeightsFacts {
	/** Name of the network, such as `densenet13`. */
	readonly network: string;
	readonly head?: HeadKind | undefined;
	/** Loss it was trained with: it says how answers are read. Default `plcc`: one score. */
	readonly loss?: string | undefined;
	readonly classes?: number | undefined;
	readonly inputPx?: number | undefined;
	/** `unit`, `imagenet`, or `R,G,B/R,G,B`: mean and deviation on the scale 0 … 255. */
	readonly normalisation?: string | undefined;
	readonly licence?: string | undefined;
}

/** Answers of torchvision's networks. */
const IMAGENET_CLASSES = 1000;

/**
 * A network file of the tensors in `bytes`.
 * @throws {FormatError} when they are no weights
 * @throws {ModelError} when they do not fit the network, or answer with ImageNet's classes
 * @throws {ArgumentError} for a normalisation that cannot be read, or an unknown network or loss
 */
export async function describeWeights(bytes: Uint8Array, label: string, facts: WeightsFacts): Promise<NetworkFile> {
	const { lossNamed, matchedParameters, networkNamed, parameterSpecs } = await import('@parfocal/lab');
	const network = networkNamed(facts.network);
	const loss = lossNamed(facts.loss ?? 'plcc');
	const classes = facts.classes ?? 1;
	const head = facts.head ?? 'classifier';
	const inputPx = facts.inputPx ?? network.inputPx;
	const tensors = looksLikeSafetensors(bytes) ? readSafetensors(bytes).tensors : readTorch(bytes);
	const matched = (outputs: number) =>
		matchedParameters(network, parameterSpecs(network, head, outputs, inputPx), tensors);
	let fitting: NetworkFile['tensors'];
	try {
		fitting = matched(loss.outputs(classes));
	} catch (error) {
		refuseImageNet(network, label, matched);
		throw error;
	}
	return {
		description: {
			format: 1,
			network: network.name,
			options: {},
			head,
			loss: loss.name,
			classes,
			outputs: loss.outputs(classes),
			inputPx,
			resampler: 'none',
			normalisation: statisticsOf(facts.normalisation ?? usualNormalisation(network)),
			unit: loss.target === 'class' || loss.name === 'mse' ? 'zLevel' : 'score',
			higherMeans: 'blurrier',
			licence: facts.licence ?? 'not stated; ask whoever gave you the file',
			trainedOn: `imported from ${label}`,
		},
		tensors: fitting,
	};
}

function refuseImageNet(network: Network, label: string, matched: (outputs: number) => unknown): void {
	try {
		matched(IMAGENET_CLASSES);
	} catch {
		return;
	}
	throw new ModelError(
		label,
		`${label} answers with ImageNet's ${IMAGENET_CLASSES} classes of things, not with focus. Train a head on it: parfocal train --network ${network.name} --weights ${label} --freeze backbone --data DIR`,
	);
}

/** Networks of the FocusLiteNN paper took pictures as they are. */
function usualNormalisation({ name }: Network): string {
	return /^(focuslitenn|eonss|densenet13|resnet10|resnet50|resnet101)/.test(name) ? 'unit' : 'imagenet';
}

function statisticsOf(text: string): NetworkFile['description']['normalisation'] {
	if (text === 'unit') return { mean: [0, 0, 0], deviation: [1, 1, 1] };
	if (text === 'imagenet') return { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };
	const [mean = [], deviation = []] = text
		.split('/')
		.map((part) => part.split(',').map((value) => Number(value) / 255));
	const sound = (own: number[]): own is [number, number, number] => own.length === 3 && own.every(Number.isFinite);
	if (sound(mean) && sound(deviation) && deviation.every((value) => value > 0)) return { mean, deviation };
	throw new ArgumentError(
		'normalisation',
		`--normalisation must be unit, imagenet, or means and deviations of red, green and blue from 0 to 255, such as 177,147,181/34,34,28; not "${text}".`,
	);
}
