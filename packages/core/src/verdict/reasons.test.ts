import { expect, test } from 'vitest';
import type { Reason } from '../assessment.ts';
import type { BlurExtent, BrokenLimit } from './broken-limits.ts';
import { blurReasons, inFocusReason, inOrder, outcomeOf, toleratedBlur } from './reasons.ts';

const extent = (changes: Partial<BlurExtent> = {}): BlurExtent => ({
	atLeast: 'clear',
	fraction: 0.12,
	places: 120,
	place: 'upper left',
	largest: { places: 80, fraction: 0.08, place: 'left' },
	...changes,
});
const broken = (changes: Partial<BrokenLimit> = {}, outcome: 'review' | 'rescan' = 'rescan'): BrokenLimit => ({
	limit: { outcome, atLeast: changes.extent?.atLeast ?? 'clear', fraction: 0.1, why: '' },
	by: 'fraction',
	extent: extent(),
	...changes,
});

test("blur over the tissue in an operator's words", () => {
	expect(blurReasons([broken()], 0.25)).toEqual([
		{
			code: 'out-of-focus',
			leadsTo: 'rescan',
			sentence: '12 % of the tissue, 30 mm², is clearly out of focus, mostly upper left.',
			fraction: 0.12,
			areaMm2: 30,
			place: 'upper left',
			strength: 'clear',
		},
	]);
});

test('without a pixel size areas are left out', () => {
	const [reason] = blurReasons([broken()], undefined);
	expect(reason!.sentence).toBe('12 % of the tissue is clearly out of focus, mostly upper left.');
	expect(reason).not.toHaveProperty('areaMm2');
	const [region] = blurReasons([broken({ by: 'region' })], undefined);
	expect(region!.sentence).toBe('One region of 8 % of the tissue is clearly out of focus, mostly left.');
});

test('one region', () => {
	expect(blurReasons([broken({ by: 'region', extent: extent({ atLeast: 'strong' }) }, 'review')], 0.01)).toMatchObject([
		{
			code: 'out-of-focus-region',
			sentence: 'One region of 0.8 mm² is strongly out of focus, mostly left.',
			areaMm2: 0.8,
			strength: 'strong',
		},
	]);
});

test('of two limits on the same tissue the worse one speaks', () => {
	const both = [broken({}, 'review'), broken({}, 'rescan'), broken({ by: 'region' }, 'review')];
	expect(blurReasons(both, 1).map(({ code, leadsTo }) => `${code} ${leadsTo}`)).toEqual([
		'out-of-focus rescan',
		'out-of-focus-region review',
	]);
});

test('blur within the limits is mentioned, the strongest kind only', () => {
	const some = [
		extent({ atLeast: 'slight', fraction: 0.04 }),
		extent({ fraction: 0.02 }),
		extent({ atLeast: 'strong', fraction: 0 }),
	];
	expect(toleratedBlur(some, [], 1)).toMatchObject([{ leadsTo: 'note', strength: 'clear', fraction: 0.02 }]);
	expect(toleratedBlur(some, [broken()], 1)).toEqual([]);
	expect(toleratedBlur([extent({ fraction: 0.0005 })], [], 1)).toEqual([]);
});

test('good news', () => {
	expect(inFocusReason(0.98, 12)).toEqual({
		code: 'in-focus',
		leadsTo: 'note',
		sentence: '98 % of the tissue is in focus.',
		fraction: 0.98,
		areaMm2: 12,
	});
	expect(inFocusReason(1, undefined).sentence).toBe('100 % of the tissue is in focus.');
});

const reason = (leadsTo: Reason['leadsTo'], strength?: Reason['strength']): Reason => ({
	code: `${leadsTo} ${strength}`,
	leadsTo,
	sentence: '',
	...(strength && { strength }),
});

test('what decides comes first, stronger before weaker', () => {
	const mixed = [
		reason('note'),
		reason('review', 'slight'),
		reason('rescan', 'clear'),
		reason('review', 'strong'),
		reason('note', 'clear'),
	];
	expect(inOrder(mixed).map(({ code }) => code)).toEqual([
		'rescan clear',
		'review strong',
		'review slight',
		'note clear',
		'note undefined',
	]);
});

test('the worst reason is the outcome', () => {
	expect(outcomeOf([])).toBe('pass');
	expect(outcomeOf([reason('note')])).toBe('pass');
	expect(outcomeOf([reason('note'), reason('review')])).toBe('review');
	expect(outcomeOf([reason('review'), reason('rescan')])).toBe('rescan');
	expect(outcomeOf([reason('rescan'), reason('not-assessable')])).toBe('not-assessable');
});
