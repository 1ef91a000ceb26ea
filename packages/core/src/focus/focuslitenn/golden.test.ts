import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { RgbImage } from '../../image/pixels.ts';
import { hasShared, sharedPath } from '../../testing/shared.ts';
import { readTorch } from '../../weights/torch.ts';
import { createFocusLiteNN } from './focuslitenn.ts';
import { focusLiteNNFromTensors } from './from-tensors.ts';

const PATCH = 'data/defocus/tcga_at_focus/TCGA_at_Focus_patch_i_9651_j_81514.png';
const AUTHORS_MODELS = [
	'focuslitenn-1kernel',
	'focuslitenn-2kernel',
	'focuslitenn-10kernel',
	'focuslitenn-1kernel-mse',
	'focuslitenn-2kernel-mse',
	'focuslitenn-10kernel-mse',
];

interface GoldenModel {
	readonly params: number;
	readonly scoreClampedAtZero: boolean;
	readonly score64: number;
	readonly score: number;
	readonly crops64: readonly number[];
}

async function readRgb(path: string): Promise<RgbImage> {
	const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
	return { layout: 'rgb', widthPx: info.width, heightPx: info.height, data: new Uint8Array(data) };
}

describe.skipIf(!hasShared)("the authors' models on their sample patch", () => {
	const load = async (name: string) => {
		const golden = JSON.parse(readFileSync(sharedPath('golden/focuslitenn-open.json'), 'utf8')).models[
			name
		] as GoldenModel;
		const tensors = readTorch(readFileSync(sharedPath(`weights/focuslitenn-official/${name}.pt`)));
		const definition = focusLiteNNFromTensors(tensors, {
			name,
			sha256: '',
			licence: 'Prosperity-3.0.0',
			origin: `${name}.pt`,
			clampAtZero: golden.scoreClampedAtZero,
		});
		return { golden, definition, image: await readRgb(sharedPath(PATCH)) };
	};

	test.each(AUTHORS_MODELS)('%s: every crop and the score', async (name) => {
		const { golden, definition, image } = await load(name);
		const { columns, rows, scores, score } = createFocusLiteNN(definition).scoreWindows(image);
		expect([columns, rows]).toEqual([7, 7]);
		const worst = Math.max(...golden.crops64.map((value, crop) => Math.abs(value - scores[crop]!)));
		// The task is 2e-4; winners evaluated in double precision come much nearer.
		expect(worst).toBeLessThan(2e-6);
		expect(score).toBeCloseTo(golden.score64, 6);
	});

	test.each(AUTHORS_MODELS)('%s has as many parameters as published', async (name) => {
		const { golden, definition } = await load(name);
		const head = definition.head.reduce((sum, { weight, bias }) => sum + weight.length + bias.length, 0);
		expect(definition.convWeight.length + definition.convBias.length + head).toBe(golden.params);
	});

	test('a mean below zero is clamped only where the model says so', async () => {
		const { golden, definition, image } = await load('focuslitenn-1kernel');
		expect(golden.score).toBeLessThan(0);
		const clamped = createFocusLiteNN({ ...definition, clampAtZero: true }).scoreWindows(image);
		expect(clamped.score).toBe(0);
		expect(clamped.scores[0]).toBeCloseTo(golden.crops64[0]!, 5);
	});
});
