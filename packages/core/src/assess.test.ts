import { describe, expect, test } from 'vitest';
import { type AssessPhase, assess } from './assess.ts';
import { calibrate } from './calibration/curve.ts';
import { exampleCalibration } from './calibration/testing/example.ts';
import { ArgumentError, FormatError, ReadError } from './errors.ts';
import { assessmentJson } from './export/json.ts';
import { defocusFromBlur } from './focus/optics.ts';
import { VALIDITY } from './map/focus-map.ts';
import { measureInThread } from './map/in-thread-measurer.ts';
import type { Measurer } from './map/measure.ts';
import { overlaps } from './map/reading.ts';
import { type FakeSlideOptions, fakeModel, fakeSlide, GLASS, tissuePixel } from './map/testing/fake-slide.ts';
import { roiFromGeoJson } from './tissue/roi.ts';
import { TISSUE_CLASS } from './tissue/tissue-mask.ts';
import { policyNamed } from './verdict/presets.ts';

const WIDTH = 3200;
const HEIGHT = 2400;
const tissue = (x: number, y: number) => Math.hypot((x - 1600) / 1300, (y - 1200) / 1000) < 1;
/** Blur of 15 px (3.3 µm) in the upper left of the tissue, 1 px elsewhere. */
const blurred = (x: number, y: number) => x < 1300 && y < 1000;
const pixel = (x: number, y: number) => (tissue(x, y) ? tissuePixel(blurred(x, y) ? 15 : 1, x, y) : GLASS);

const slideOf = (options: Partial<FakeSlideOptions> = {}) =>
	fakeSlide({ widthPx: WIDTH, heightPx: HEIGHT, pixel, ...options });

const model = fakeModel();

/** The measurer of this thread, and the tiles it was asked for. */
function watchedMeasurer() {
	const asked: string[] = [];
	const cells: Measurer['cells'] = (request) => {
		asked.push(...request.tiles.map(({ column, row }) => `${column},${row}`));
		return measureInThread.cells(request);
	};
	return { asked, measurer: { ...measureInThread, cells } };
}

/** Part of the tissue that is blurred, by counting. */
const truth = (() => {
	let all = 0;
	let blurry = 0;
	for (let y = 0; y < HEIGHT; y += 8) {
		for (let x = 0; x < WIDTH; x += 8) {
			if (!tissue(x, y)) continue;
			all++;
			if (blurred(x, y)) blurry++;
		}
	}
	return { fraction: blurry / all, areaMm2: (all * 64 * 0.25 ** 2) / 1e6 };
})();

describe('a known slide', async () => {
	const slide = slideOf();
	const { asked, measurer } = watchedMeasurer();
	const { assessment, map, mask, thumbnail, timings } = await assess(slide, { model, measurer });

	test('has the tissue it was made with', () => {
		expect(assessment.tissue.areaMm2! / truth.areaMm2).toBeCloseTo(1, 1);
		expect(assessment.tissue.fraction).toBeCloseTo((truth.areaMm2 * 1e6) / 0.25 ** 2 / (WIDTH * HEIGHT), 1);
		expect(assessment.tissue).toMatchObject({ source: 'detected', penMarkFraction: 0 });
		expect(assessment.tissue.assessableFraction).toBeGreaterThan(0.9);
		expect(mask.source).toBe('detected');
	});

	test('has the focus it was made with', () => {
		expect(map).toMatchObject({ columns: 50, rows: 38, stepPx: 64, windowPx: 256, unit: 'defocusUm' });
		const at = (x: number, y: number) => map.values[Math.floor(y / 64) * 50 + Math.floor(x / 64)];
		expect(at(900, 700)).toBeCloseTo(defocusFromBlur(15, 0.25), 3);
		expect(at(2000, 1600)).toBeCloseTo(defocusFromBlur(1, 0.25), 3);
		expect(at(50, 50)).toBeNaN();
		expect(assessment.focus!.clearFraction).toBeCloseTo(truth.fraction, 1);
	});

	test('is judged in words', () => {
		expect(assessment.outcome).toBe('review');
		expect(assessment.sentence).toMatch(
			/^Review: 1\d % of the tissue, 0\.0\d+ mm², is clearly out of focus, mostly upper left\.$/,
		);
		expect(assessment.reasons.map(({ code }) => code)).toEqual(['out-of-focus', 'in-focus']);
	});

	test('shows its worst regions where the blur is, with sharp neighbours', () => {
		expect(assessment.worstRegions.length).toBeGreaterThan(0);
		const field = { x: 0, y: 0, widthPx: 1400, heightPx: 1100 };
		for (const { rect, place, sharpNeighbour } of assessment.worstRegions) {
			expect(overlaps(rect, field)).toBe(true);
			expect(place).toMatch(/upper|left|centre/);
			if (sharpNeighbour) expect(overlaps(rect, sharpNeighbour)).toBe(false);
		}
		expect(assessment.worstRegions[0]!.value / defocusFromBlur(15, 0.25)).toBeCloseTo(1, 1);
		expect(assessment.worstRegions[0]!.strength).toBe('clear');
	});

	test('only tiles with tissue were read, each once', () => {
		const { total, measured, unreadable } = assessment.tiles;
		expect(total).toBe(13 * 10);
		expect(measured).toBeLessThan(total);
		expect(unreadable).toBe(0);
		expect(new Set(asked).size).toBe(asked.length);
		expect(asked).toHaveLength(measured);
		expect(asked).not.toContain('0,0');
		// Tissue is looked for in the smaller level, so level 0 is read for measuring only.
		expect(slide.tilesRead).toEqual(asked);
	});

	test('says where everything comes from', () => {
		expect(assessment.slide).toEqual({
			name: 'fake.svs',
			format: 'fake',
			vendor: 'unknown',
			widthPx: WIDTH,
			heightPx: HEIGHT,
			mpp: { x: 0.25, y: 0.25, source: 'tag' },
			objectivePower: 40,
		});
		expect(assessment.map).toEqual({
			stepPx: 64,
			windowPx: 256,
			columns: 50,
			rows: 38,
			unit: 'defocusUm',
			higherMeans: 'blurrier',
			thresholds: { slight: 1.5, clear: 2.5, strong: 5 },
			note: 'Micrometres of defocus for an objective of NA 0.75 in air and 0.25 µm pixels.',
		});
		expect(assessment.provenance).toMatchObject({
			software: expect.stringMatching(/^parfocal \d+\.\d+\.\d+$/),
			model: { name: 'fake', sha256: 'f'.repeat(64), licence: 'Apache-2.0', origin: 'made up for tests' },
			policy: { name: 'routine', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
			settingsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
			reader: 'parfocal',
			mode: 'fast',
			warnings: [],
		});
	});

	test('gives the same bytes on a rerun, times apart', async () => {
		const again = await assess(slideOf({ asynchronous: true }), { model });
		expect(JSON.stringify(again.assessment)).toBe(JSON.stringify(assessment));
		expect(again.map).toEqual(map);
		expect(JSON.stringify(assessment)).not.toMatch(/timings/);
		expect(Object.keys(timings)).toEqual(['tissue', 'measure', 'judge']);
	});

	test('survives JSON unchanged: nothing in it is undefined, NaN or endless in digits', () => {
		expect(JSON.parse(JSON.stringify(assessment))).toEqual(assessment);
		for (const [number] of JSON.stringify(assessment).matchAll(/-?\d+\.\d+/g)) expect(number.length).toBeLessThan(10);
		const { inFocusFraction, slightFraction, clearFraction, strongFraction } = assessment.focus!;
		expect(inFocusFraction + slightFraction + clearFraction + strongFraction).toBeCloseTo(1, 9);
	});

	test('comes with a picture of the slide', () => {
		expect(Math.max(thumbnail.widthPx, thumbnail.heightPx)).toBe(800);
	});
});

test('settings that change the result change its fingerprint, others do not', async () => {
	const small = (options: Partial<FakeSlideOptions> = {}) =>
		slideOf({ widthPx: 800, heightPx: 600, pixel: (x, y) => tissuePixel(1, x, y), ...options });
	const hash = async (...args: Parameters<typeof assess>) =>
		(await assess(...args)).assessment.provenance.settingsSha256;
	const usual = await hash(small(), { model });
	expect(await hash(small(), { model, onProgress: () => {}, measurer: measureInThread })).toBe(usual);
	const others = [
		await hash(small(), { model, policy: policyNamed('strict') }),
		await hash(small(), { model, mode: 'exact' }),
		await hash(small({ mpp: { x: 0.5, y: 0.5, source: 'user' } }), { model }),
		await hash(small(), { model: { ...model, sha256: 'a'.repeat(64) } }),
		await hash(small(), { model, reader: 'openslide 4.0.0' }),
		await hash(small(), {
			model,
			roi: roiFromGeoJson(
				{
					type: 'Polygon',
					coordinates: [
						[
							[0, 0],
							[800, 0],
							[0, 600],
						],
					],
				},
				{ widthPx: 800, heightPx: 600 },
			),
		}),
	];
	expect(new Set([usual, ...others]).size).toBe(7);
});

test('who met a damaged tile first, and where the file lay, change nothing', async () => {
	const assessed = async (folder: string, order: 1 | -1) => {
		const slide = {
			...slideOf({ corrupt: ['6,4', '7,4'] }),
			name: `${folder}biopsy.svs`,
			warnings: [`${folder}biopsy.svs has an odd header.`],
		};
		const measurer: Measurer = {
			...measureInThread,
			async cells(request) {
				const { grid, unreadable } = await measureInThread.cells(request);
				const told = unreadable.map((tile) => ({ ...tile, message: `${slide.name}: ${tile.message}` }));
				return { grid, unreadable: order === 1 ? told : told.toReversed() };
			},
		};
		return (await assess(slide, { model, measurer })).assessment;
	};
	const [here, there] = [await assessed('/scans/monday/', 1), await assessed('D:\\night\\', -1)];
	expect(here.tiles.examples).toEqual(['biopsy.svs: Tile 6,4 is corrupt.', 'biopsy.svs: Tile 7,4 is corrupt.']);
	expect(here.provenance.warnings).toContain('biopsy.svs has an odd header.');
	expect(there).toEqual(here);
});

test('corrupt tiles leave holes, are counted and named', async () => {
	const { assessment, map } = await assess(slideOf({ corrupt: ['6,4', '7,4'] }), { model });
	expect(assessment.tiles).toMatchObject({ unreadable: 2, examples: ['Tile 6,4 is corrupt.', 'Tile 7,4 is corrupt.'] });
	expect(assessment.outcome).toBe('review');
	expect(assessment.reasons.map(({ code }) => code)).toContain('unreadable-tiles');
	const holes = map.validity.reduce((sum, code) => sum + Number(code === VALIDITY.unreadable), 0);
	// Two tiles of 16 cells; a cell or so may have too little texture to be missed.
	expect(holes).toBeGreaterThan(28);
	expect(holes).toBeLessThanOrEqual(32);
});

test('corrupt tiles of a slide of one level are holes too, not glass', async () => {
	const small = slideOf({ widthPx: 500, heightPx: 500, pixel: (x, y) => tissuePixel(1, x, y), corrupt: ['1,1'] });
	expect(small.levels).toHaveLength(1);
	const { assessment, map } = await assess(small, { model, policy: policyNamed('research') });
	expect(assessment.tiles).toMatchObject({ measured: 3, unreadable: 1 });
	expect(map.validity[7 * 8 + 7]).toBe(VALIDITY.unreadable);
	expect(map.validity[0]).toBe(VALIDITY.assessable);
});

test('glass only: nothing is decoded, and that is the verdict', async () => {
	const slide = slideOf({ pixel: () => GLASS });
	const { assessment } = await assess(slide, { model });
	expect(assessment.sentence).toBe('Not assessable: no tissue was found on this slide.');
	expect(slide.tilesRead).toEqual([]);
	expect(assessment).not.toHaveProperty('focus');
	expect(assessment.worstRegions).toEqual([]);
});

test('an unknown pixel size changes no outcome, leaves out areas and is said', async () => {
	const { assessment } = await assess(slideOf({ mpp: undefined }), { model });
	expect(assessment.outcome).toBe('review');
	expect(assessment.slide).not.toHaveProperty('mpp');
	expect(assessment.tissue).not.toHaveProperty('areaMm2');
	expect(assessment.reasons.map(({ code }) => code)).toContain('mpp-unknown');
	expect(assessment.map.note).toMatch(/assumed pixel size/);
	expect(JSON.stringify(assessment)).not.toMatch(/areaMm2/);
});

test('exact mode scores the published windows', async () => {
	const { assessment, map } = await assess(slideOf(), { model, mode: 'exact' });
	expect(map).toMatchObject({ stepPx: 128, windowPx: 235, originXPx: 53, columns: 24, rows: 17 });
	expect(assessment.provenance.mode).toBe('exact');
	expect(assessment.outcome).toBe('review');
	expect(assessment.sentence).toMatch(/mostly upper left/);
	const at = (x: number, y: number) => map.values[Math.floor((y - 53) / 128) * 24 + Math.floor((x - 53) / 128)];
	expect(at(900, 700)).toBeCloseTo(defocusFromBlur(15, 0.25), 2);
	expect(assessment.tiles.measured).toBeGreaterThan(50);
});

test('a model without a fast path is exact by itself, and that is said', async () => {
	const { assessment } = await assess(slideOf({ widthPx: 800, heightPx: 800 }), { model: fakeModel({ fast: false }) });
	expect(assessment.provenance.mode).toBe('exact');
	expect(assessment.provenance.warnings).toEqual(['The model fake has no fast path: exact mode was used.']);
});

test('only the region of interest counts', async () => {
	const ring = [
		[1700, 0],
		[3200, 0],
		[3200, 2400],
		[1700, 2400],
		[1700, 0],
	];
	const roi = roiFromGeoJson({ type: 'Polygon', coordinates: [ring] }, { widthPx: WIDTH, heightPx: HEIGHT });
	const { asked, measurer } = watchedMeasurer();
	const { assessment, mask } = await assess(slideOf(), { model, roi, measurer });
	expect(assessment.outcome).toBe('pass');
	expect(assessment.tissue.source).toBe('roi');
	expect(assessment.provenance.warnings).toContain('Only the region of interest was assessed.');
	expect(mask.classes[Math.floor(mask.heightPx / 2) * mask.widthPx + 20]).toBe(TISSUE_CLASS.glass);
	expect(asked.every((tile) => Number(tile.split(',')[0]) >= 6)).toBe(true);
});

test('access tokens in an address stay out of the file', async () => {
	const slide = slideOf({ name: 'https://host/slides/a%20b.svs?token=secret#x', widthPx: 300, heightPx: 300 });
	const { assessment } = await assess(slide, { model });
	expect(assessment.slide.name).toBe('a%20b.svs');
	expect(JSON.stringify(assessment)).not.toMatch(/secret|host/);
});

test('warnings of the slide are kept', async () => {
	const { assessment } = await assess(
		slideOf({ widthPx: 300, heightPx: 300, warnings: ['The pixel size is absurd.'] }),
		{ model },
	);
	expect(assessment.provenance.warnings).toEqual(['The pixel size is absurd.']);
});

test('progress goes through the phases in order and ends each', async () => {
	const seen: [AssessPhase, number, number][] = [];
	await assess(slideOf(), { model, onProgress: (...at) => seen.push(at) });
	expect([...new Set(seen.map(([phase]) => phase))]).toEqual(['tissue', 'measure', 'judge']);
	for (const phase of ['tissue', 'measure', 'judge']) {
		const last = seen.findLast(([of]) => of === phase)!;
		expect(last[1]).toBe(last[2]);
	}
});

test('cancelling rejects with the reason of the signal', async () => {
	const reason = new Error('the operator pressed Ctrl-C');
	await expect(assess(slideOf(), { model, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
	const controller = new AbortController();
	const onProgress = (phase: AssessPhase) => phase === 'measure' && controller.abort(reason);
	await expect(assess(slideOf(), { model, signal: controller.signal, onProgress })).rejects.toBe(reason);
});

test('a slide that vanishes, has no level or claims to be endless is refused', async () => {
	const failure = new ReadError('a.svs', 'vanished', 'gone');
	await expect(assess(slideOf({ failure }), { model })).rejects.toBe(failure);
	await expect(assess({ ...slideOf(), levels: [] }, { model })).rejects.toThrow(ArgumentError);
	const [level] = slideOf().levels;
	const endless = { ...slideOf(), levels: [{ ...level!, widthPx: 2 ** 32, heightPx: 2 ** 32 }] };
	await expect(assess(endless, { model })).rejects.toThrow(FormatError);
});

test('pictures of a single pixel are assessed without a fall', async () => {
	const { assessment } = await assess(slideOf({ widthPx: 1, heightPx: 1, pixel: () => [200, 100, 150] }), { model });
	expect(assessment.outcome).toBe('not-assessable');
});

describe('with a calibration', async () => {
	const calibration = await exampleCalibration();
	const plain = await assess(slideOf(), { model });
	const { assessment, map } = await assess(slideOf(), { model, calibration });

	test('every value of the map is mapped, and only values', () => {
		const { curve } = calibration;
		expect(map).toMatchObject({ unit: 'defocusUm', higherMeans: 'blurrier', columns: 50, rows: 38 });
		expect(map.validity).toEqual(plain.map.validity);
		const perPixel = defocusFromBlur(1, 0.25);
		map.values.forEach((value, i) => {
			const blur = plain.map.values[i]! / perPixel;
			if (Number.isNaN(blur)) expect(value).toBeNaN();
			else expect(value).toBeCloseTo(calibrate(curve, blur), 3);
		});
	});

	test('the verdict is in its unit by the same policy', () => {
		// 15 px are 5 µm by this curve and 3.3 µm by the assumed optics.
		expect(plain.assessment.focus).toMatchObject({ strongFraction: 0 });
		expect(assessment.focus!.strongFraction).toBeCloseTo(truth.fraction, 1);
		expect(assessment.map.thresholds).toEqual(plain.assessment.map.thresholds);
		expect(assessment.map.note).toMatch(/^By the calibration scanner 3/);
	});

	test('its identity is in the assessment and in the fingerprint of the settings', async () => {
		expect(assessment.provenance.calibration).toEqual({ name: 'scanner 3', sha256: calibration.sha256 });
		expect(plain.assessment.provenance).not.toHaveProperty('calibration');
		const renamed = await exampleCalibration({ name: 'scanner 4' });
		const other = await assess(slideOf(), { model, calibration: renamed });
		const fingerprints = [plain.assessment, assessment, other.assessment].map((each) => each.provenance.settingsSha256);
		expect(new Set(fingerprints).size).toBe(3);
	});

	test('the same slide, model and calibration give the same bytes', async () => {
		const again = await assess(slideOf(), { model, calibration: await exampleCalibration() });
		expect(assessmentJson(again.assessment)).toBe(assessmentJson(assessment));
		expect(again.map.values).toEqual(map.values);
	});

	test('a model whose scores fall with blur gives a map that grows with it', async () => {
		const falling = fakeModel({ higherMeans: 'sharper' });
		const turned = await exampleCalibration({
			model: { ...calibration.model, higherMeans: 'sharper' },
			curve: { raw: [-20, -10, 0], value: [8, 2, 0] },
		});
		const result = await assess(slideOf(), { model: falling, calibration: turned });
		expect(result.map.higherMeans).toBe('blurrier');
		expect(result.map.values).toEqual(map.values);
		expect(result.assessment.outcome).toBe(assessment.outcome);
	});

	test('exact mode maps its windows too, by a calibration of that mode', async () => {
		const exact = await exampleCalibration({ model: { ...calibration.model, mode: 'exact' } });
		const result = await assess(slideOf(), { model, calibration: exact, mode: 'exact' });
		expect(result.map).toMatchObject({ unit: 'defocusUm', higherMeans: 'blurrier', stepPx: 128 });
		await expect(assess(slideOf(), { model, calibration, mode: 'exact' })).rejects.toThrow(/made in fast mode/);
	});

	test('of other weights is refused before anything is read', async () => {
		const other = await exampleCalibration({ model: { ...calibration.model, sha256: '0'.repeat(64) } });
		const assessing = assess(slideOf(), { model, calibration: other });
		await expect(assessing).rejects.toThrow(ArgumentError);
		await expect(assessing).rejects.toThrow(/of other weights \(000000000000\)/);
	});

	test('of two classes gives shares, and no verdict by a policy without thresholds for them', async () => {
		const classes = await exampleCalibration({ unit: 'score', curve: { raw: [0, 20], value: [0, 1] } });
		const result = await assess(slideOf(), { model, calibration: classes });
		expect(result.map.unit).toBe('score');
		expect(result.assessment.reasons[0]).toMatchObject({ code: 'not-calibrated', leadsTo: 'not-assessable' });
		const routine = policyNamed('routine');
		const policy = { ...routine, thresholds: { score: { slight: 0.5, clear: 0.7, strong: 0.9, why: 'a test' } } };
		const judged = await assess(slideOf(), { model, calibration: classes, policy });
		expect(judged.assessment.focus!.clearFraction).toBeCloseTo(truth.fraction, 1);
	});

	test('pixels of another size, and ends below the policy, are remarked on; no optics are', async () => {
		const other = await exampleCalibration({ mpp: 0.5, curve: { raw: [0, 20], value: [0, 3] } });
		const { reasons } = (await assess(slideOf(), { model, calibration: other })).assessment;
		const codes = reasons.map(({ code }) => code);
		expect(codes).toEqual(expect.arrayContaining(['mpp-outside-calibration', 'calibration-ends-early']));
		const unknown = await assess(slideOf({ mpp: undefined }), { model, calibration });
		const note = unknown.assessment.reasons.find(({ code }) => code === 'mpp-unknown');
		expect(note!.sentence).not.toMatch(/assume/);
	});
});
