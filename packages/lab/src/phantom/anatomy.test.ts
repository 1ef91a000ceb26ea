import { expect, test } from 'vitest';
import { type Anatomy, anatomyFields, createAnatomy, field } from './anatomy.ts';
import { type PhantomOptions, resolvePhantomOptions } from './options.ts';
import { planPhantom } from './plan.ts';

function anatomyOf(options: PhantomOptions): Anatomy {
	const resolved = resolvePhantomOptions(options);
	return createAnatomy(resolved, planPhantom(resolved));
}

/** Shares of a square slide of `sidePx` that are tissue, nest, fat, mucus, lymphoid. */
function shares(options: PhantomOptions, sidePx = 8192): Record<'tissue' | 'nest' | 'fat' | 'mucus' | 'lymph', number> {
	const anatomy = anatomyOf({ ...options, widthPx: sidePx, heightPx: sidePx });
	const here = new Float64Array(anatomyFields.length);
	const count = { tissue: 0, nest: 0, fat: 0, mucus: 0, lymph: 0 };
	const step = sidePx / 64;
	for (let i = 0; i < 4096; i++) {
		anatomy(((i % 64) + 0.5) * step * 0.25, (Math.floor(i / 64) + 0.5) * step * 0.25, here, 0);
		if (here[field.inside]! <= 0) continue;
		count.tissue += 1 / 4096;
		for (const kind of ['nest', 'fat', 'mucus', 'lymph'] as const) if (here[field[kind]]! > 0) count[kind] += 1 / 4096;
	}
	return count;
}

test('the numbers of the fields are their places', () => {
	for (const [place, name] of anatomyFields.entries()) expect(field[name]).toBe(place);
});

test.each([1, 2, 3, 99])('islands of several kinds of tissue on glass, seed %s', (seed) => {
	const { tissue, nest, fat, mucus, lymph } = shares({ seed });
	expect(tissue).toBeGreaterThan(0.45);
	expect(tissue).toBeLessThan(0.85);
	expect(nest).toBeGreaterThan(0.1);
	expect(nest).toBeLessThan(0.6);
	for (const share of [fat, mucus, lymph]) expect(share).toBeLessThan(0.2);
	expect(fat + mucus + lymph).toBeGreaterThan(0.02);
});

test('between the slots there is glass', () => {
	const options = resolvePhantomOptions({ seed: 5 });
	const plan = planPhantom(options);
	const anatomy = createAnatomy(options, plan);
	const here = new Float64Array(anatomyFields.length);
	for (const slot of plan.slots) {
		for (let share = 0; share < 1; share += 0.01) {
			anatomy((slot.x + share * slot.widthPx) * 0.25, slot.y * 0.25, here, 0);
			expect(here[field.inside]).toBeLessThan(0);
			anatomy(slot.x * 0.25, (slot.y + share * slot.heightPx) * 0.25, here, 0);
			expect(here[field.inside]).toBeLessThan(0);
		}
	}
});

test('tissue everywhere, and on the left half', () => {
	expect(shares({ tissue: 'everywhere' }).tissue).toBeCloseTo(1, 10);
	const half = anatomyOf({ tissue: 'half', widthPx: 4096, heightPx: 4096 });
	const here = new Float64Array(anatomyFields.length);
	for (let y = 5; y < 1024; y += 50) {
		half(450, y, here, 0);
		expect(here[field.inside]).toBeGreaterThan(0);
		half(530, y, here, 0);
		expect(here[field.inside]).toBeLessThan(0);
	}
});

test('far from tissue the other fields are nothing', () => {
	const anatomy = anatomyOf({ tissue: 'half' });
	const out = new Float64Array(20).fill(5);
	anatomy(2000, 100, out, 4);
	expect(out[4]).toBeLessThan(-100);
	expect([...out.subarray(5, 13)]).toEqual(new Array(8).fill(0));
	expect([...out.subarray(0, 4), ...out.subarray(13)]).toEqual(new Array(11).fill(5));
});

test('the fibre coordinates never stand still, so that no fibre is a blob', () => {
	const anatomy = anatomyOf({ tissue: 'everywhere' });
	const a = new Float64Array(anatomyFields.length);
	const b = new Float64Array(anatomyFields.length);
	const c = new Float64Array(anatomyFields.length);
	const slopes: number[] = [];
	for (let i = 0; i < 2000; i++) {
		const x = (i * 61.7) % 2000;
		const y = (i * 37.3) % 1900;
		anatomy(x, y, a, 0);
		anatomy(x + 0.1, y, b, 0);
		anatomy(x, y + 0.1, c, 0);
		slopes.push(Math.hypot(b[field.across]! - a[field.across]!, c[field.across]! - a[field.across]!) / 0.1);
	}
	slopes.sort((p, q) => p - q);
	expect(slopes[100]).toBeGreaterThan(0.3);
	expect(slopes[1900]).toBeLessThan(3);
});

test('the seed changes everything', () => {
	expect(shares({ seed: 1 })).toEqual(shares({ seed: 1 }));
	expect(shares({ seed: 1 })).not.toEqual(shares({ seed: 2 }));
});
