/**
 * Learns from a folder of patches: features of each patch by the shipped kernels, once, then a head on them.
 * @module
 */
import { DEFAULT_MODEL_NAME, loadShippedModel, type Tensor } from '@parfocal/core';
import {
	createFeatureReader,
	createPatchPreparer,
	type Decoded,
	type Engine,
	initialParameters,
	type Loss,
	lossNamed,
	type NetworkDescription,
	NO_AUGMENTATION,
	networkNamed,
	parameterSpecs,
	seededRandom,
	shuffled,
	startTraining,
	UNIT_RANGE,
	withoutBackbone,
	writeNetworkFile,
} from '@parfocal/lab/learn';
import { decodePicture } from './decode-picture.ts';
import { type FeatureScale, scaledRow, scaleOf, unscaledLayer } from './feature-scale.ts';
import { createHeadReader } from './head-reader.ts';
import { holdOut, type LabelledPatch, type PatchFolder } from './patch-folder.ts';

/** How to learn. */
export interface LearningSettings {
	/** Name of a loss of classes. */
	readonly loss: string;
	readonly epochs: number;
	readonly seed: number;
}

/** How well the held-out patches are answered after an epoch. */
export interface EpochReport {
	readonly epoch: number;
	readonly loss: number;
	/** Share answered with their class. */
	readonly accuracy: number;
	/** Mean distance in classes. */
	readonly meanError: number;
}

/** What came of it. */
export interface Learned {
	/** The epoch that was kept: the last of those with the smallest mean error on held-out patches. */
	readonly best: EpochReport;
	/** Held-out patches by class (rows) and answer (columns). */
	readonly confusion: readonly (readonly number[])[];
	/** Patches that could not be used, in words. */
	readonly leftOut: readonly string[];
	/** The model, for `parfocal score --model` and `scan`. */
	readonly file: Uint8Array<ArrayBuffer>;
}

/** What is told while it works. */
export interface LearningEvents {
	readonly onFeatures: (done: number, total: number) => void;
	readonly onEpoch: (report: EpochReport) => void;
	readonly signal: AbortSignal;
}

const NETWORK = networkNamed('focuslitenn_energy');
const BATCH = 32;
const LEARNING_RATE = 1e-3;

/**
 * Learns from the patches of a folder.
 * @throws {RangeError} when too few patches can be read
 * @throws the signal's reason when stopped
 */
export async function learnFromFolder(
	engine: Engine,
	folder: PatchFolder,
	{ loss: lossName, epochs, seed }: LearningSettings,
	{ onFeatures, onEpoch, signal }: LearningEvents,
): Promise<Learned> {
	const { classes } = folder;
	const loss = lossNamed(lossName);
	const conv = { shape: [4, 1, 7, 7], data: (await loadShippedModel(DEFAULT_MODEL_NAME)).convWeight };
	const { featured, leftOut } = await readFeatures(engine, folder.patches, conv, onFeatures, signal);
	const { train, check } = holdOut(featured);
	const scale = scaleOf(train.map(({ features }) => features));
	const rows = (patches: readonly FeaturedPatch[]): Float32Array[] =>
		patches.map(({ features }) => scaledRow(features, scale));
	const trainRows = rows(train);
	const checkRows = rows(check);

	const network = withoutBackbone(NETWORK);
	const specs = parameterSpecs(NETWORK, 'gap', loss.outputs(classes.length)).filter(({ key }) =>
		key.startsWith('head.'),
	);
	const random = seededRandom(seed);
	const count = scale.mean.length;
	const setup = { network, head: 'gap', loss, classes: classes.length, batch: BATCH, input: [count, 1, 1] } as const;
	const training = await startTraining({
		engine,
		setup,
		specs,
		state: { parameters: initialParameters(specs, random) },
	});
	let best: { report: EpochReport; parameters: ReadonlyMap<string, Tensor>; decoded: readonly Decoded[] } | undefined;
	try {
		for (let epoch = 1; epoch <= epochs; epoch++) {
			const order = shuffled(train.keys(), seed, `epoch ${epoch}`);
			let sum = 0;
			let steps = 0;
			for (let at = 0; at < order.length; at += BATCH, steps++) {
				signal.throwIfAborted();
				// The last batch is filled up from the start of the order.
				const indices = Array.from({ length: BATCH }, (_, i) => order[(at + i) % order.length]!);
				const pictures = new Float32Array(BATCH * count);
				for (const [i, index] of indices.entries()) pictures.set(trainRows[index]!, i * count);
				const targets = Float32Array.from(indices, (index) => train[index]!.label);
				sum += (await training.step([{ pictures, targets }], LEARNING_RATE, random)).loss;
			}
			const { parameters } = await training.state();
			const head = await createHeadReader(engine, network, loss.outputs(classes.length), parameters, checkRows.length);
			const decoded = (await head.read(checkRows)).map((answer) => loss.decode(answer, classes.length));
			await head.close();
			const report = { epoch, loss: sum / steps, ...measured(decoded, check) };
			onEpoch(report);
			await pageDrawn();
			if (!best || report.meanError <= best.report.meanError) best = { report, parameters, decoded };
		}
	} finally {
		await training.close();
	}
	const confusion = classes.map(() => classes.map(() => 0));
	for (const [i, { label }] of check.entries()) {
		const answer = best!.decoded[i]!.class!;
		confusion[label]![answer] = confusion[label]![answer]! + 1;
	}
	const file = writeNetworkFile({
		description: description(loss, classes, train.length),
		tensors: new Map([['conv.weight', conv], ...foldedHead(best!.parameters, scale)]),
	});
	return { best: best!.report, confusion, leftOut, file };
}

/** Lets the page draw and answer to keys: the engine works in the same thread. */
function pageDrawn(): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve);
	});
}

interface FeaturedPatch extends LabelledPatch {
	readonly features: Float32Array;
}

async function readFeatures(
	engine: Engine,
	patches: readonly LabelledPatch[],
	conv: Tensor,
	onFeatures: LearningEvents['onFeatures'],
	signal: AbortSignal,
): Promise<{ featured: FeaturedPatch[]; leftOut: string[] }> {
	const { inputPx } = NETWORK;
	const preparer = createPatchPreparer({
		resample: 'none',
		crop: { kind: 'centre', sizePx: inputPx },
		augmentation: NO_AUGMENTATION,
		normalisation: UNIT_RANGE,
	});
	const parameters = new Map([['conv.weight', conv]]);
	const reader = await createFeatureReader({ engine, network: NETWORK, parameters, batch: 1, inputPx });
	const random = seededRandom(0);
	const featured: FeaturedPatch[] = [];
	const leftOut: string[] = [];
	try {
		for (const [done, patch] of patches.entries()) {
			signal.throwIfAborted();
			try {
				const pixels = preparer.allocate(1);
				preparer.write(await decodePicture(patch.file, patch.path), random, pixels, 0);
				featured.push({ ...patch, features: (await reader.read(pixels as Float32Array)).slice() });
			} catch (error) {
				leftOut.push(`${patch.path}: ${(error as Error).message}`);
			}
			onFeatures(done + 1, patches.length);
			await pageDrawn();
		}
	} finally {
		await reader.close();
	}
	if (featured.length < patches.length / 2) {
		throw new RangeError(
			`Only ${featured.length} of ${patches.length} pictures can be used. The first that cannot: ${leftOut[0]}`,
		);
	}
	return { featured, leftOut };
}

function measured(
	decoded: readonly Decoded[],
	check: readonly LabelledPatch[],
): { accuracy: number; meanError: number } {
	let right = 0;
	let error = 0;
	for (const [i, { label }] of check.entries()) {
		const answer = decoded[i]!.class!;
		if (answer === label) right++;
		error += Math.abs(answer - label);
	}
	return { accuracy: right / check.length, meanError: error / check.length };
}

function foldedHead(parameters: ReadonlyMap<string, Tensor>, scale: FeatureScale): [string, Tensor][] {
	const first = unscaledLayer(parameters.get('head.1.weight')!, parameters.get('head.1.bias')!, scale);
	return [...new Map([...parameters, ['head.1.weight', first.weight], ['head.1.bias', first.bias]])];
}

function description(loss: Loss, classes: readonly string[], patches: number): NetworkDescription {
	return {
		format: 1,
		network: NETWORK.name,
		options: {},
		head: 'gap',
		loss: loss.name,
		classes: classes.length,
		outputs: loss.outputs(classes.length),
		inputPx: NETWORK.inputPx,
		resampler: 'none',
		normalisation: UNIT_RANGE,
		unit: 'score',
		higherMeans: 'blurrier',
		licence: 'kernels: Apache-2.0 (Parfocal); head: whoever trained it',
		trainedOn: `${patches} patches of a folder with the classes ${classes.join(', ')}, in a browser`,
	};
}
