import { expect, test } from 'vitest';
import { type FocusMap, VALIDITY } from '../map/focus-map.ts';
import { fakeMap, maskFor } from '../map/testing/fake-map.ts';
import { fakeModel } from '../map/testing/fake-slide.ts';
import type { Mpp } from '../slide/slide.ts';
import { type Evidence, judge, thresholdsFor } from './judge.ts';
import { POLICIES } from './presets.ts';

const { routine, strict, research } = POLICIES;
const MPP: Mpp = { x: 0.5, y: 0.5, source: 'tag' };

/** Evidence of a map with 32 µm places (64 px of 0.5 µm): 1000 places are 1.024 mm². */
function evidence(map: FocusMap, changes: Partial<Evidence> & { mpp?: Mpp | undefined } = {}): Evidence {
	const level = {
		widthPx: map.columns * 64,
		heightPx: map.rows * 64,
		downsample: 1,
		tileWidthPx: 256,
		tileHeightPx: 256,
		columns: Math.ceil(map.columns / 4),
		rows: Math.ceil(map.rows / 4),
		compression: 'jpeg',
	};
	return {
		map,
		mask: maskFor(map),
		slide: { levels: [level], mpp: 'mpp' in changes ? changes.mpp : MPP },
		model: fakeModel(),
		tiles: { total: 100, unreadable: 0 },
		...changes,
	};
}

/** 100 x 100 places; the upper left `blurry` columns by `rows` rows are out of focus by `defocusUm`. */
const slideWith = (blurry: number, rows: number, defocusUm: number) =>
	fakeMap(100, 100, (x, y) => (x < blurry && y < rows ? defocusUm : 0.4));

const codes = (verdict: ReturnType<typeof judge>) => verdict.reasons.map(({ code, leadsTo }) => `${code} ${leadsTo}`);

test('a sharp slide passes with good news', () => {
	const verdict = judge(evidence(slideWith(0, 0, 0)), routine);
	expect(verdict.outcome).toBe('pass');
	expect(verdict.sentence).toBe('Pass: 100 % of the tissue is in focus.');
	expect(codes(verdict)).toEqual(['in-focus note']);
	expect(verdict.worstRegions).toEqual([]);
	expect(verdict.focus).toMatchObject({ inFocusFraction: 1 });
});

test('a fifth clearly out of focus is a rescan, and the sentence says how much and where', () => {
	const verdict = judge(evidence(slideWith(40, 50, 3)), routine);
	expect(verdict.outcome).toBe('rescan');
	expect(verdict.sentence).toBe('Rescan: 20 % of the tissue, 2 mm², is clearly out of focus, mostly upper left.');
	expect(verdict.reasons[0]).toMatchObject({ fraction: 0.2, place: 'upper left', strength: 'clear' });
	expect(verdict.reasons[0]!.areaMm2).toBeCloseTo(2000 * 0.032 ** 2, 6);
	expect(verdict.worstRegions).toHaveLength(routine.worstRegions);
});

test('a bit less is for review', () => {
	expect(judge(evidence(slideWith(40, 49, 3)), routine).outcome).toBe('review');
	expect(judge(evidence(slideWith(25, 20, 3)), routine).outcome).toBe('review');
	const tolerated = judge(evidence(slideWith(20, 20, 3)), routine);
	expect(tolerated.outcome).toBe('pass');
	expect(tolerated.sentence).toBe('Pass: 96 % of the tissue is in focus.');
	expect(codes(tolerated)).toEqual(['out-of-focus note', 'in-focus note']);
});

test('one large region is enough for review where its fraction is small', () => {
	// 35 x 35 places are 1.25 mm² of a slide of 92 mm².
	const map = fakeMap(300, 300, (x, y) => (x >= 200 && x < 235 && y >= 200 && y < 235 ? 3 : 0.4));
	const verdict = judge(evidence(map), routine);
	expect(verdict.outcome).toBe('review');
	expect(verdict.sentence).toBe('Review: one region of 1.3 mm² is clearly out of focus, mostly lower right.');
});

test('policies differ as their numbers do', () => {
	const map = slideWith(40, 30, 2.2);
	expect(judge(evidence(map), strict).outcome).toBe('rescan');
	expect(judge(evidence(map), routine).outcome).toBe('pass');
	expect(judge(evidence(slideWith(40, 50, 3)), research).outcome).toBe('review');
});

test('no tissue is its own outcome', () => {
	const verdict = judge(evidence(fakeMap(20, 20, () => Number.NaN)), routine);
	expect(verdict.outcome).toBe('not-assessable');
	expect(verdict.sentence).toBe('Not assessable: no tissue was found on this slide.');
	expect(verdict.focus).toBeUndefined();
	expect(verdict.worstRegions).toEqual([]);
	const marked = fakeMap(20, 20, () => Number.NaN);
	marked.validity.fill(VALIDITY.penMark, 0, 50);
	expect(judge(evidence(marked), routine).sentence).toMatch(/only pen marks or dirt/);
});

test('too little tissue is not judged', () => {
	const island = fakeMap(20, 20, (x, y) => (x < 3 && y < 3 ? 9 : Number.NaN));
	const verdict = judge(evidence(island), routine);
	expect(verdict.outcome).toBe('not-assessable');
	expect(verdict.sentence).toBe('Not assessable: too little tissue can be judged, 0.0092 mm², for a verdict.');
	const flat = fakeMap(20, 20, () => 1);
	flat.validity.fill(VALIDITY.littleTexture);
	expect(judge(evidence(flat), routine).sentence).toBe(
		'Not assessable: none of the tissue on this slide can be judged.',
	);
});

test('a model whose scores mean nothing yet gives a map but no verdict', () => {
	const map = fakeMap(50, 50, () => 3, { unit: 'score' });
	const verdict = judge(evidence(map), routine);
	expect(verdict.outcome).toBe('not-assessable');
	expect(verdict.sentence).toMatch(
		/^Not assessable: the policy routine has no thresholds for the scores of fake \(unit score\)/,
	);
	expect(codes(verdict)).toEqual(['not-calibrated not-assessable']);
});

test('thresholds that point the other way than the model are none', () => {
	const own = { ...routine, thresholds: { score: { slight: 3, clear: 2, strong: 1, why: 'x' } } };
	expect(thresholdsFor({ unit: 'score', higherMeans: 'sharper' }, own)).toMatchObject({ slight: 3 });
	expect(thresholdsFor({ unit: 'score', higherMeans: 'blurrier' }, own)).toBeUndefined();
	expect(thresholdsFor({ unit: 'zLevel', higherMeans: 'blurrier' }, own)).toBeUndefined();
	const map = fakeMap(100, 100, (x) => (x < 30 ? 1.5 : 9), { unit: 'score', higherMeans: 'sharper' });
	expect(judge(evidence(map), own).sentence).toMatch(
		/30 % of the tissue, .* mm², is clearly out of focus, mostly in the left half/,
	);
});

test('many unreadable tiles are for review, a few are a note', () => {
	const sharp = slideWith(0, 0, 0);
	const many = judge(evidence(sharp, { tiles: { total: 100, unreadable: 2 } }), routine);
	expect(many.outcome).toBe('review');
	expect(many.sentence).toBe('Review: 2 tiles, 2 % of those with tissue, could not be read.');
	const few = judge(evidence(sharp, { tiles: { total: 200, unreadable: 1 } }), routine);
	expect(few.outcome).toBe('pass');
	expect(few.reasons.map(({ sentence }) => sentence)).toContain(
		'One tile, 0.5 % of those with tissue, could not be read.',
	);
});

test('an unknown pixel size is said and leaves out areas, not verdicts', () => {
	const verdict = judge(evidence(slideWith(40, 50, 3), { mpp: undefined }), routine);
	expect(verdict.outcome).toBe('rescan');
	expect(verdict.sentence).toBe('Rescan: 20 % of the tissue is clearly out of focus, mostly upper left.');
	const note = verdict.reasons.find(({ code }) => code === 'mpp-unknown');
	expect(note?.sentence).toMatch(/percent only.*assume 0\.25 µm/);
	expect(JSON.stringify(verdict.reasons)).not.toMatch(/mm²|areaMm2/);
	expect(JSON.stringify(verdict.worstRegions)).not.toMatch(/areaMm2/);
});

test('a pixel size the model was not made for is said', () => {
	const model = fakeModel({ mppRange: [0.2, 0.3] });
	const verdict = judge(evidence(slideWith(0, 0, 0), { model }), routine);
	expect(verdict.outcome).toBe('pass');
	expect(verdict.reasons.find(({ code }) => code === 'mpp-outside-model')?.sentence).toMatch(/0\.5 µm.*0\.2 to 0\.3/);
	const fits = judge(evidence(slideWith(0, 0, 0), { model: fakeModel({ mppRange: [0.2, 0.5] }) }), routine);
	expect(codes(fits)).toEqual(['in-focus note']);
});

test('much flat tissue and many pen marks are mentioned', () => {
	const map = fakeMap(100, 100, () => 0.4);
	map.validity.fill(VALIDITY.littleTexture, 0, 3000);
	map.validity.fill(VALIDITY.penMark, 3000, 6000);
	map.tissueFraction.fill(0, 3000, 6000);
	const sentences = judge(evidence(map), routine).reasons.map(({ sentence }) => sentence);
	expect(sentences).toContain('30 % of the tissue has too little texture to judge.');
	expect(sentences).toContain('30 % of what lies on the glass is under pen marks or dirt and was not judged.');
});

test('the same evidence gives the same verdict', () => {
	const once = judge(evidence(slideWith(40, 50, 3)), routine);
	expect(judge(evidence(slideWith(40, 50, 3)), routine)).toEqual(once);
});
