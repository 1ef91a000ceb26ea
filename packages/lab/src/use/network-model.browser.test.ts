/** Networks as focus models in a real browser: pictures scored, a slide mapped. */
import {
	assess,
	createFocusModel,
	DEFAULT_MODEL_NAME,
	loadShippedModel,
	openSlide,
	type RgbImage,
	type Tensor,
} from '@parfocal/core';
import { expect, test } from 'vitest';
import { createNetworkModel, type Engine, type NetworkFile, openWebEngine, seededRandom } from '../learn.ts';

const SIDE = 480;

/** Grey detail of several sizes. */
function picture(): RgbImage {
	const random = seededRandom(1);
	const data = new Uint8Array(3 * SIDE * SIDE);
	for (let i = 0; i < SIDE * SIDE; i++) {
		const wave = Math.sin((i % SIDE) / 3) + Math.sin(i / SIDE / 11);
		data.fill(120 + 40 * wave + 30 * random.uniform(), 3 * i, 3 * i + 3);
	}
	return { layout: 'rgb', widthPx: SIDE, heightPx: SIDE, data };
}

/** The shipped model written as a network, with a single answer. */
async function shippedAsNetwork(): Promise<{ file: NetworkFile; shipped: ReturnType<typeof createFocusModel> }> {
	const { calibration: _, ...definition } = await loadShippedModel(DEFAULT_MODEL_NAME);
	const tensors = new Map<string, Tensor>([
		['conv.weight', { shape: [4, 1, 7, 7], data: definition.convWeight }],
		...definition.head.flatMap(({ inputs, outputs, weight, bias }, i): [string, Tensor][] => [
			[`head.${2 * i}.weight`, { shape: [outputs, inputs], data: weight }],
			[`head.${2 * i}.bias`, { shape: [outputs], data: bias }],
		]),
	]);
	const description = {
		format: 1,
		network: 'focuslitenn_energy',
		options: {},
		head: 'classifier',
		loss: 'mse',
		classes: 1,
		outputs: 1,
		inputPx: 235,
		resampler: 'none',
		normalisation: { mean: [0, 0, 0], deviation: [1, 1, 1] },
		unit: 'score',
		higherMeans: 'blurrier',
		licence: 'Apache-2.0',
		trainedOn: 'see the shipped model',
	} as const;
	return { file: { description, tensors }, shipped: createFocusModel(definition) };
}

async function scoresAgree(engine: Engine): Promise<void> {
	const { file, shipped } = await shippedAsNetwork();
	const model = await createNetworkModel(file, engine, { name: 'net', sha256: '0', stridePx: 128 });
	const image = picture();
	const { scores, columns, rows } = await model.scoreWindows(image);
	const wanted = shipped.scoreWindows(image);
	expect([columns, rows]).toEqual([wanted.columns, wanted.rows]);
	for (const [i, score] of wanted.scores.entries()) expect(scores[i]).toBeCloseTo(score, 3);
	await model.close();
}

test('a network on WebAssembly gives the scores of the model it is', async () => {
	await scoresAgree(await openWebEngine('wasm'));
});

test('a network maps a picture as it maps a slide', async () => {
	const { data } = picture();
	const canvas = new OffscreenCanvas(SIDE, SIDE);
	const rgba = new ImageData(SIDE, SIDE);
	for (let i = 0; i < SIDE * SIDE; i++)
		rgba.data.set([data[3 * i]!, data[3 * i + 1]! / 2, data[3 * i + 2]!, 255], 4 * i);
	canvas.getContext('2d')!.putImageData(rgba, 0, 0);
	const slide = await openSlide(new File([await canvas.convertToBlob({ type: 'image/png' })], 'tissue.png'));
	const { file } = await shippedAsNetwork();
	const model = await createNetworkModel(file, await openWebEngine('wasm'), { name: 'net', sha256: '0', stridePx: 64 });
	const { assessment, map } = await assess(slide, { model });
	expect(assessment.provenance.model.name).toBe('net');
	expect(map.columns * map.rows).toBeGreaterThan(4);
	expect(map.values.some((value) => Number.isFinite(value))).toBe(true);
	await model.close();
	await slide.close();
});
