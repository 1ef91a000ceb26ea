import { expect, test } from 'vitest';
import { type Anatomy, anatomyFields, field } from './anatomy.ts';
import { createGrains } from './grain.ts';
import { type Densities, drawNuclei } from './nuclei.ts';

const grains = createGrains(1, 0.25);

/** Tissue of one kind everywhere. */
function uniformAnatomy(values: Partial<Record<(typeof anatomyFields)[number], number>>): Anatomy {
	return (x, y, out, at) => {
		for (const [f, name] of anatomyFields.entries()) out[at + f] = values[name] ?? -1;
		out[at + field.across] = y;
		out[at + field.along] = x;
	};
}

function draw(anatomy: Anatomy, rect = { x: 1000, y: 2000, widthPx: 400, heightPx: 400 }): Densities {
	const size = rect.widthPx * rect.heightPx;
	const target = { rect, haematoxylin: new Float32Array(size), eosin: new Float32Array(size) };
	drawNuclei(target, anatomy, grains, 1, 0.25);
	return target;
}

function cover({ haematoxylin }: Densities): number {
	return haematoxylin.filter((value) => value > 0.1).length / haematoxylin.length;
}

const nest = uniformAnatomy({ inside: 50, nest: 20 });
const stroma = uniformAnatomy({ inside: 50, nest: -20 });
const lymphoid = uniformAnatomy({ inside: 50, nest: -20, lymph: 0.5 });

test('nests and lymphoid tissue are crowded, stroma is not', () => {
	expect(cover(draw(nest))).toBeGreaterThan(0.25);
	expect(cover(draw(nest))).toBeLessThan(0.7);
	expect(cover(draw(lymphoid))).toBeGreaterThan(0.3);
	expect(cover(draw(stroma))).toBeGreaterThan(0.02);
	expect(cover(draw(stroma))).toBeLessThan(0.2);
});

test('none on glass, in fat, in mucus', () => {
	for (const values of [
		{ inside: -5, nest: 20 },
		{ inside: 50, nest: 20, fat: 0.1 },
		{ inside: 50, nest: 20, mucus: 0.1 },
	]) {
		expect(cover(draw(uniformAnatomy(values)))).toBe(0);
	}
});

test('nuclei of the stroma lie along the fibres', () => {
	const { haematoxylin, rect } = draw(stroma);
	let along = 0;
	let across = 0;
	for (let i = 0; i < haematoxylin.length - rect.widthPx - 1; i++) {
		// Fibres run along x here, so edges are mostly crossed going down.
		along += Math.abs((haematoxylin[i + 1]! > 0.1 ? 1 : 0) - (haematoxylin[i]! > 0.1 ? 1 : 0));
		across += Math.abs((haematoxylin[i + rect.widthPx]! > 0.1 ? 1 : 0) - (haematoxylin[i]! > 0.1 ? 1 : 0));
	}
	expect(across).toBeGreaterThan(1.7 * along);
});

test('chromatin varies within a nucleus', () => {
	const { haematoxylin } = draw(nest);
	const inside = [...haematoxylin].filter((value) => value > 0.3);
	const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length;
	const variance = inside.reduce((sum, value) => sum + (value - mean) ** 2, 0) / inside.length;
	expect(Math.sqrt(variance)).toBeGreaterThan(0.12);
	expect(mean).toBeGreaterThan(0.4);
	expect(mean).toBeLessThan(1.3);
});

test('does not depend on the cut', () => {
	const whole = draw(nest);
	const part = draw(nest, { x: 1101, y: 2057, widthPx: 90, heightPx: 33 });
	for (let y = 0; y < 33; y++) {
		for (let x = 0; x < 90; x++) {
			expect(part.haematoxylin[y * 90 + x]).toBe(whole.haematoxylin[(y + 57) * 400 + x + 101]);
		}
	}
});
