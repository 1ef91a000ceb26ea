import { describe, expect, test } from 'vitest';
import { ModelError } from '../../errors.ts';
import { createFocusModel } from '../create-focus-model.ts';
import { scoreImage } from '../score-image.ts';
import type { FocusLiteNNDefinition } from './definition.ts';
import { createFocusLiteNN } from './focuslitenn.ts';
import { EXPECTED_SCORES_SHA256, scoresSha256 } from './testing/score-fingerprint.ts';
import { plainStatistics, stripedImage, syntheticDefinition } from './testing/synthetic.ts';

test('scores are the same to the last bit as in the browser', async () => {
	expect(await scoresSha256()).toBe(EXPECTED_SCORES_SHA256);
});

describe('a model', () => {
	test('tells what its definition says', () => {
		const definition: FocusLiteNNDefinition = {
			...syntheticDefinition({ kernels: 4, planes: 'luma', pooling: 'energy' }),
			name: 'mine',
			sha256: 'abc',
			licence: 'CC0-1.0',
			unit: 'blurRadiusPx',
		};
		const model = createFocusModel(definition);
		expect(model).toMatchObject({
			name: 'mine',
			sha256: 'abc',
			licence: 'CC0-1.0',
			unit: 'blurRadiusPx',
			higherMeans: 'blurrier',
			windowPx: 235,
			stridePx: 128,
			planes: 'luma',
		});
		expect(model.definition).toBe(definition);
		expect(model.cells).toMatchObject({ kernels: 4, windowCells: 3 });
	});

	test('crosses to another thread as a structured clone and scores the same there', () => {
		const definition = syntheticDefinition({ kernels: 2, pooling: 'minMax' });
		const image = stripedImage(300, 240, 2, 7);
		const there = createFocusModel(structuredClone(definition)).scoreWindows(image);
		expect(createFocusModel(definition).scoreWindows(image)).toEqual(there);
	});

	test('models measured in turn do not disturb each other', () => {
		const image = stripedImage(300, 240, 2, 7);
		const models = [1, 3, 8].map((kernels) => createFocusLiteNN(syntheticDefinition({ kernels, seed: kernels })));
		const alone = models.map((model) => model.scoreWindows(image));
		expect(models.toReversed().map((model) => model.scoreWindows(image))).toEqual(alone.toReversed());
	});

	test('pools the statistics of a union of cells', () => {
		const model = createFocusLiteNN(syntheticDefinition({ kernels: 1, pooling: 'min' }));
		const statistics = Float64Array.from(plainStatistics([3, -2, 5]));
		expect(model.cells!.pool(statistics)).toBe(-2);
	});

	test('gives a picture’s score with its windows', () => {
		const model = createFocusLiteNN(syntheticDefinition());
		const image = stripedImage(363, 235, 2, 7);
		const { score, windows } = scoreImage(model, image);
		expect(windows.scores.length).toBe(2);
		expect(score).toBeCloseTo((windows.scores[0]! + windows.scores[1]!) / 2, 12);
	});
});

describe('definitions that do not hold together are refused by name', () => {
	const good = syntheticDefinition({ kernels: 2, pooling: 'minMax' });
	const layer = good.head[0]!;
	const cases: [string, Partial<FocusLiteNNDefinition>, RegExp][] = [
		['no kernels', { kernels: 0 }, /0 kernels/],
		['a million kernels', { kernels: 1e6 }, /1000000 kernels/],
		['too few weights', { convWeight: new Float32Array(146) }, /convWeight has 146 numbers where 294/],
		['luma weights for RGB', { planes: 'luma' }, /convWeight has 294 numbers where 98/],
		['too few biases', { convBias: new Float32Array(1) }, /convBias/],
		['infinite weights', { convWeight: good.convWeight.map(() => Number.POSITIVE_INFINITY) }, /not finite/],
		['a head of other width', { pooling: 'min' }, /head layer 0 takes 4 numbers but gets 2/],
		['no head for two features', { head: [] }, /ends in 4 numbers/],
		['a short head weight', { head: [{ ...layer, weight: new Float32Array(3) }] }, /head layer 0's weight/],
		['a short head bias', { head: [{ ...layer, bias: new Float32Array(0) }] }, /head layer 0's bias/],
		['NaN in the head', { head: [{ ...layer, bias: Float32Array.of(Number.NaN) }] }, /head layer 0 is not finite/],
		['an empty calibration', { calibration: { raw: [], value: [] } }, /calibration has no points/],
		['unequal calibration lists', { calibration: { raw: [1, 2], value: [1] } }, /unequal lists/],
		['a descending calibration', { calibration: { raw: [2, 1], value: [1, 2] } }, /not ascending/],
		['an infinite calibration', { calibration: { raw: [1], value: [Number.NaN] } }, /calibration is not finite/],
	];
	test.each(cases)('%s', (_, change, message) => {
		const create = () => createFocusLiteNN({ ...good, ...change });
		expect(create).toThrow(ModelError);
		expect(create).toThrow(message);
		expect(create).toThrow(/'synthetic'/);
	});
});
