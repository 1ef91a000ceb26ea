import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Assessment } from '../assessment.ts';
import { assessmentJson, assessmentJsonLine } from './json.ts';
import { exampleResult } from './testing/example.ts';

const { assessment } = exampleResult();

/** The same value with every object's keys in another order. */
function shuffled(value: unknown, random: () => number): unknown {
	if (Array.isArray(value)) return value.map((inner) => shuffled(inner, random));
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).map(([key, inner]) => [key, shuffled(inner, random)] as const);
	for (let i = entries.length - 1; i > 0; i--) {
		const j = Math.floor(random() * (i + 1));
		[entries[i], entries[j]] = [entries[j]!, entries[i]!];
	}
	return Object.fromEntries(entries);
}

/** A small linear congruential generator (Numerical Recipes, §7.1), enough to shuffle. */
function generator(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

describe('assessmentJson', () => {
	test('reads back as it was', () => {
		expect(JSON.parse(assessmentJson(assessment))).toEqual(assessment);
	});

	test('is indented by two spaces and ends with a line feed', () => {
		const text = assessmentJson(assessment);
		expect(text.endsWith('}\n')).toBe(true);
		expect(text.split('\n')[1]).toBe('  "schema": "parfocal-assessment-1",');
	});

	test('puts what a person looks for first, on every level', () => {
		const parsed = JSON.parse(assessmentJson(assessment)) as Assessment;
		expect(Object.keys(parsed)).toEqual([
			'schema',
			'slide',
			'outcome',
			'sentence',
			'reasons',
			'focus',
			'tissue',
			'tiles',
			'worstRegions',
			'map',
			'provenance',
			'timings',
		]);
		expect(Object.keys(parsed.slide)).toEqual([
			'name',
			'format',
			'vendor',
			'widthPx',
			'heightPx',
			'mpp',
			'objectivePower',
		]);
		expect(Object.keys(parsed.provenance.model)).toEqual(['name', 'sha256', 'licence', 'origin']);
		expect(Object.keys(parsed.worstRegions[0]!.rect)).toEqual(['x', 'y', 'widthPx', 'heightPx']);
		expect(Object.keys(parsed.map.thresholds!)).toEqual(['slight', 'clear', 'strong']);
	});

	test('gives the same bytes whatever order the keys were set in', () => {
		const wanted = assessmentJson(assessment);
		fc.assert(
			fc.property(fc.nat(), (seed) => {
				expect(assessmentJson(shuffled(assessment, generator(seed)) as Assessment)).toBe(wanted);
			}),
			{ numRuns: 30 },
		);
	});

	test('keeps the order of lists, which is the rank', () => {
		const parsed = JSON.parse(assessmentJson(assessment)) as Assessment;
		expect(parsed.worstRegions.map(({ rank }) => rank)).toEqual([1, 2]);
		expect(parsed.reasons.map(({ code }) => code)).toEqual(['out-of-focus', 'unreadable-tiles']);
	});

	test('names the calibration between model and policy', () => {
		const calibration = { sha256: '12'.repeat(32), name: 'scanner 3' };
		const text = assessmentJson({ ...assessment, provenance: { calibration, ...assessment.provenance } });
		const { provenance } = JSON.parse(text) as Assessment;
		expect(Object.keys(provenance).slice(0, 4)).toEqual(['software', 'model', 'calibration', 'policy']);
		expect(Object.keys(provenance.calibration!)).toEqual(['name', 'sha256']);
	});

	test('leaves out what is absent', () => {
		const { focus, timings, ...rest } = assessment;
		const text = assessmentJson(rest);
		expect(text).not.toContain('"focus"');
		expect(text).not.toContain('"timings"');
		expect(focus).toBeDefined();
		expect(timings).toBeDefined();
	});

	test('keeps fields it does not know, after the others', () => {
		const text = assessmentJson({ ...assessment, zebra: 1, ant: 2 } as unknown as Assessment);
		expect(Object.keys(JSON.parse(text)).slice(-2)).toEqual(['ant', 'zebra']);
	});

	test('writes names in any script', () => {
		const name = 'größe "2" 病理 \u2028.svs';
		const odd: Assessment = { ...assessment, slide: { ...assessment.slide, name } };
		expect((JSON.parse(assessmentJson(odd)) as Assessment).slide.name).toBe(name);
	});
});

describe('assessmentJsonLine', () => {
	test('is one line with the same content', () => {
		const line = assessmentJsonLine(assessment);
		expect(line).not.toContain('\n');
		expect(JSON.parse(line)).toEqual(assessment);
		expect(line.startsWith('{"schema":"parfocal-assessment-1","slide":')).toBe(true);
	});
});
