import { expect, test } from 'vitest';
import { compareAcrossContent, laplacianScores } from '../evaluate/across-content.ts';
import { seededRandom } from '../simulate/random.ts';
import { type CardFacts, modelCard } from './card.ts';
import { recipeNamed } from './recipes.ts';
import { syntheticCrops } from './testing/synthetic-crops.ts';

const crops = syntheticCrops(3, [0, 1, 1.5, 2.5, 4], 1);
const figures = compareAcrossContent(crops, laplacianScores(crops));
const recipe = recipeNamed('focuslitenn-1-min');

const facts: CardFacts = {
	recipe,
	definition: {
		kind: 'focuslitenn',
		name: recipe.name,
		sha256: 'f00',
		licence: 'Apache-2.0',
		origin: 'test',
		...recipe.create(crops, seededRandom(1)).toDefinition(),
		clampAtZero: false,
		unit: 'blurRadiusPx',
		mppRange: [0.25, 1],
	},
	sha256: 'f00',
	seed: 12,
	steps: 34,
	fit: { bestStep: 5, validationSpearman: 0.9, losses: [] },
	data: {
		train: { ...crops, sources: ['a#1', 'phantom (drawn)#seed 1000', 'phantom (drawn)#seed 1000'] },
		validation: crops,
		entries: { train: [], validation: [] },
		leftOut: [],
	},
	validation: figures,
	baseline: figures,
	phantoms: [],
};

test('parameters are counted: 147 weights and a bias', () => {
	expect(modelCard(facts)).toContain('| Parameters | 148 |');
});

test('drawn tissue is called drawn, and counted', () => {
	expect(modelCard(facts)).toContain(
		'2 of the 3 training views are **drawn, not real**: tissue in focus from 1 phantom',
	);
	expect(modelCard({ ...facts, data: { ...facts.data, train: crops } })).not.toContain('drawn, not real');
});

test('simulated figures are called simulated; real and phantom figures appear only where there are some', () => {
	const bare = modelCard(facts);
	expect(bare).toContain('**On simulated defocus**');
	expect(bare).not.toMatch(/real focal series\*\*|On phantom slides/);
	const full = modelCard({
		...facts,
		real: {
			series: [{ name: 'onion', distance: [0, 1], score: [1.25, 9.5], spearman: 1 }],
			outOfFocus: [{ file: 'defocus/x/blurry.png', score: 7 }],
			sharpQuartiles: [0.5, 0.75, 1],
		},
		phantoms: [
			{
				seed: 1,
				result: {
					cells: 900,
					spearman: 0.91,
					byBlur: [{ upTo: 2, cells: 900, meanDefocusUm: 0.4, meanTruthUm: 0.25 }],
				},
			},
		],
	});
	for (const part of [
		'| onion | 1.000 | 1.3 9.5 |',
		'| blurry.png | 7.00 |',
		'0.50 / 0.75 / 1.00',
		'| 1 | 900 | 0.910 | 0.40/0.25 |',
	]) {
		expect(full).toContain(part);
	}
});

test('every table is well formed: all rows as wide as their head', () => {
	const lines = modelCard(facts).split('\n');
	const widths = lines.map((line) => (line.startsWith('|') ? line.replaceAll('\\|', '').split('|').length : 0));
	widths.forEach((width, i) => {
		if (width > 0 && widths[i - 1]) expect(width, lines[i]).toBe(widths[i - 1]);
	});
});
