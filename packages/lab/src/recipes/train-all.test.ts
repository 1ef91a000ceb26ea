import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFocusModel, focusLiteNNFromSafetensors } from '@parfocal/core';
import { expect, test } from 'vitest';
import { drawnFolder } from '../data/testing/drawn-folder.ts';
import { recipeNamed } from './recipes.ts';
import { trainAll } from './train-all.ts';

test('from a folder of pictures to a model file that scores and a card, twice the same bytes', async () => {
	const name = 'focuslitenn-luma4-energy';
	const data = await drawnFolder();
	const lines: string[] = [];
	const run = async (): Promise<{ bytes: Uint8Array<ArrayBuffer>; card: string }> => {
		const out = mkdtempSync(join(tmpdir(), 'parfocal-train-'));
		await trainAll({
			recipes: [recipeNamed(name)],
			data,
			out,
			seed: 3,
			steps: 25,
			size: { viewsPerImage: 2, validationViewsPerImage: 2, blursPerView: 5, phantoms: 0, picturesPerPhantom: 0 },
			testPhantoms: [],
			say: (line) => lines.push(line),
		});
		const bytes = new Uint8Array(readFileSync(join(out, name, 'model.safetensors')));
		return { bytes, card: readFileSync(join(out, name, 'card.md'), 'utf8') };
	};
	const [first, second] = [await run(), await run()];
	expect(first.bytes).toEqual(second.bytes);
	expect(first.card).toBe(second.card);
	const definition = await focusLiteNNFromSafetensors(first.bytes, name);
	expect(definition).toMatchObject({ name, licence: 'Apache-2.0', unit: 'blurRadiusPx', planes: 'luma', paddingPx: 0 });
	expect(first.card).toContain(definition.sha256);
	const random = Uint8Array.from({ length: 3 * 240 * 240 }, (_, i) => (i * 7919) % 251);
	const { score } = createFocusModel(definition).scoreWindows({
		layout: 'rgb',
		widthPx: 240,
		heightPx: 240,
		data: random,
	});
	expect(score).toBeGreaterThanOrEqual(0);
	expect(lines.some((line) => line.includes('validation Spearman'))).toBe(true);
});
