// Regenerates docs/results.md: all methods on simulated focal stacks of real sharp pictures, which are not distributed.
// node --conditions=source scripts/make-results.ts SHARED   (a folder with data/ and weights/)
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	methodsNamed,
	openDataset,
	type StartingWeights,
	writeComparison,
	writeSimulatedFocusPath,
} from '@parfocal/lab';

const shared = process.argv[2];
if (shared === undefined) throw new Error('Say where the images and weights are: make-results.ts SHARED');

const cache = '.cache/results';
const stacks = join(cache, 'stacks');
const comparison = join(cache, 'comparison');

if ((await readdir(stacks).catch(() => [])).length === 0) {
	const sizes = { slides: 40, positions: 1, slices: 12, sidePx: 256, stepUm: 0.75, mpp: 0.5, seed: 1 };
	const { patches } = await writeSimulatedFocusPath(stacks, { ...sizes, images: [join(shared, 'data')] });
	console.log(`${stacks}: ${patches} simulated patches`);
}

const mobilenet = 'mobilenet_v2-imagenet-tflite-ptq.safetensors';
const squeezenet = 'squeezenet1_0-imagenet-deepcompression.safetensors';
const byte127 = 127 / 255;
const weights = new Map<string, StartingWeights>([
	['squeezenet1_0', { weights: join(shared, 'weights', squeezenet) }],
	[
		'mobilenet_v2',
		{
			weights: join(shared, 'weights', mobilenet),
			// Trained with padding after, not around, and on numbers from -1 to 1.
			network: 'mobilenet_v2_same',
			normalisation: { mean: [byte127, byte127, byte127], deviation: [0.5, 0.5, 0.5] },
		},
	],
]);

const { figures } = await writeComparison({
	data: { name: 'simulated stacks', set: await openDataset(stacks) },
	methods: methodsNamed(['all']),
	split: 'slide',
	seeds: [1, 2, 3],
	protocol: 'reduced',
	weights,
	folder: comparison,
	timingRuns: 100,
	draws: 500,
	reference: 'focuslitenn-luma4-energy',
	onEvent: (event) => {
		if (event.kind === 'note') console.log(event.text);
		if (event.kind === 'run') console.log(`[${event.done + 1}/${event.total}] ${event.method}, seed ${event.seed}`);
	},
});

const images = 'docs/images/results';
await mkdir(images, { recursive: true });
for (const { id } of figures) await copyFile(join(comparison, 'figures', `${id}.svg`), join(images, `${id}.svg`));
const [title, ...tables] = (await readFile(join(comparison, 'results.md'), 'utf8')).split('\n');
const head = [
	'# Results on simulated stacks',
	'',
	`${title!.replace('# ', '')}. Written by \`node --conditions=source scripts/make-results.ts SHARED\`; the pictures and the ImageNet weights are not distributed. 40 slides (pictures of different sources), one place each, 12 planes 0.75 µm apart, 256 px at 0.5 µm a pixel. What the figures say: [comparison.md](comparison.md).`,
];
const pictures = figures.map(({ id, title: own }) => `![${own}](images/results/${id}.svg)\n`);
await writeFile('docs/results.md', [...head, ...tables, '## Figures', '', ...pictures].join('\n'));
console.log('docs/results.md');
