/**
 * A comparison from beginning to end, into a folder.
 * @module
 */
import { mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ArgumentError, listShippedModels, loadShippedModel, type RgbImage, readSafetensors } from '@parfocal/core';
import { toWriteError, writeWholeFile } from '@parfocal/node';
import { decodePicture } from '../data/batches/decode-picture.ts';
import { isSimulated } from '../train/describe-network.ts';
import { modelPath } from './answers.ts';
import { type ComparisonPicture, comparisonFigures } from './comparison-figures.ts';
import { comparisonTables, type Judgement } from './comparison-tables.ts';
import { type CpuTime, cpuTime } from './cpu-time.ts';
import { heatMapPicture } from './heat-maps.ts';
import { judgeMethod, type MethodFigures, sharpLimit } from './judge-answers.ts';
import { type Kernels, kernelPicture } from './kernel-picture.ts';
import { resultsPage } from './results-page.ts';
import { resultsParquet } from './results-parquet.ts';
import { type ComparisonOptions, runComparison } from './run-comparison.ts';
import { openScorer } from './scorer.ts';
import { type Table, tableCsv, tableMarkdown } from './table.ts';

const MOST_HEAT_MAPS = 6;

/** A comparison and what is made of it. */
export interface WriteComparisonOptions extends ComparisonOptions {
	/** Planes from focus up to which a patch counts as sharp; default 2, or 0 where there are no planes. */
	readonly sharpUpTo?: number | undefined;
	/** Draws of the bootstrap; default 1000. */
	readonly draws?: number | undefined;
	/** The method that others are tested against; default the first that is trained, else the first. */
	readonly reference?: string | undefined;
	/** Picture to draw heat maps of, by the methods that score as they are and those that were trained. */
	readonly picture?: string | undefined;
	/** Runs of the measurement of time; 100 in the paper. Left out: time is not measured. */
	readonly timingRuns?: number | undefined;
}

/** What was written. */
export interface WrittenComparison extends Judgement {
	readonly tables: readonly Table[];
	readonly figures: readonly ComparisonPicture[];
	/** Names of files in the folder. */
	readonly files: readonly string[];
}

/**
 * Runs a comparison and writes `results.parquet` (every answer), `tables/*.csv`, `figures/*.svg`, `results.md` and
 * `index.html`. What was kept of an earlier run in the same folder is not done again.
 * @throws what `runComparison` throws
 * @throws {WriteError} when a file cannot be written
 * @example
 * ```ts
 * await writeComparison({ data, methods: methodsNamed(['all']), split: 'slide', seeds: [1, 2, 3], protocol: 'reduced', weights, folder: 'out' });
 * ```
 */
export async function writeComparison(options: WriteComparisonOptions): Promise<WrittenComparison> {
	const { data, transfer = [], folder, methods, sharpUpTo, draws, timingRuns, onEvent } = options;
	if (methods.length === 0) throw new ArgumentError('methods', 'There is no method to compare.');
	const comparison = await runComparison(options);
	const sets = [data, ...transfer];
	onEvent?.({ kind: 'note', text: 'Judging answers.' });
	const judged = sets.flatMap(({ name, set }) =>
		methods.flatMap(({ name: method }) => {
			const answers = comparison.answers.filter((own) => own.method === method && own.set === name);
			return answers.length === 0 ? [] : [judgeMethod(set, answers, { sharpUpTo, draws })];
		}),
	);
	const cpuTimes =
		timingRuns === undefined
			? new Map<string, CpuTime>()
			: await timesOf(
					options,
					judged.map((each) => each.method),
				);
	const reference = options.reference ?? methods.find(({ kind }) => kind === 'trains')?.name ?? methods[0]!.name;
	const judgement: Judgement = { data, transfer, comparison, judged, cpuTimes, reference, methods, draws };
	const tables = comparisonTables(judgement);
	const simulated = sets.some(({ set }) => isSimulated(set));
	const figures = [
		...comparisonFigures(judgement, isSimulated(data.set)),
		...(await kernelFigure(options)),
		...(await heatMaps(options, judged)),
	];
	const title = `${methods.length} methods on ${sets.map(({ name }) => name).join(' and ')}${simulated ? ' (simulated)' : ''}`;
	const lead = [
		...(simulated
			? [
					'All figures on this page are of simulated data: they say how methods compare there, not how they do on slides.',
				]
			: []),
		...sets.map(
			({ name, set }) =>
				`${name}: patches up to ${sharpLimit(set, sharpUpTo)} planes from focus count as sharp, the others as blurry.`,
		),
	];
	const files = new Map<string, string | Uint8Array>([
		['results.parquet', await resultsParquet(comparison.answers, sets)],
		...tables.map((table): [string, string] => [`tables/${table.id}.csv`, tableCsv(table)]),
		...figures.map(({ id, svg }): [string, string] => [`figures/${id}.svg`, svg]),
		[
			'results.md',
			[`# ${title}`, '', ...lead.flatMap((sentence) => [sentence, '']), ...tables.map(tableMarkdown)].join('\n'),
		],
		['index.html', resultsPage({ title, lead, tables, figures })],
	]);
	for (const sub of ['tables', 'figures']) {
		await mkdir(join(folder, sub), { recursive: true }).catch((error: unknown) => {
			throw toWriteError(join(folder, sub), error);
		});
	}
	for (const [name, content] of files) {
		await writeWholeFile(join(folder, name), typeof content === 'string' ? new TextEncoder().encode(content) : content);
	}
	return { ...judgement, tables, figures, files: [...files.keys()] };
}

/** Kernels of FocusLiteNN, as shipped and as trained here with the first seed. */
async function kernelFigure({ methods, folder, seeds }: WriteComparisonOptions): Promise<ComparisonPicture[]> {
	const models: Kernels[] = [];
	for (const { name, network } of methods) {
		if (listShippedModels().includes(name)) {
			const { planes, convWeight } = await loadShippedModel(name);
			models.push({ name, channels: planes === 'luma' ? 1 : 3, weights: convWeight });
		} else if (network?.startsWith('focuslitenn')) {
			const bytes = await readFile(modelPath(folder, name, seeds[0]!)).catch(() => undefined);
			const tensors = bytes ? readSafetensors(new Uint8Array(bytes)).tensors : new Map();
			for (const { shape, data } of tensors.values()) {
				if (shape.length === 4) models.push({ name: `${name}, trained here`, channels: shape[1]!, weights: data });
			}
		}
	}
	if (models.length === 0) return [];
	const title = 'What kernels of FocusLiteNN look for';
	return [{ id: 'kernels', title, svg: kernelPicture(models, title) }];
}

/** Heat maps by the best methods that look at pictures. */
async function heatMaps(
	{ picture, methods, folder, seeds }: WriteComparisonOptions,
	judged: readonly MethodFigures[],
): Promise<ComparisonPicture[]> {
	if (picture === undefined) return [];
	const best = judged
		.filter(({ figures }) => Number.isFinite(figures.srcc?.value))
		.sort((a, b) => b.figures.srcc!.value - a.figures.srcc!.value)
		.map(({ method }) => method);
	const shown = methods.filter(({ name }) => [...new Set(best)].slice(0, MOST_HEAT_MAPS).includes(name));
	const scorers = await Promise.all(
		shown.map(async ({ name, kind, family }) =>
			kind === 'trains'
				? { ...(await openScorer(modelPath(folder, name, seeds[0]!))), name, family }
				: openScorer(name),
		),
	);
	const title = `Heat maps of ${basename(picture)}`;
	return [{ id: 'heat-maps', title, svg: await heatMapPicture(await decodePicture(picture), scorers, title) }];
}

/** The name of a data set from its path: what tables call it. */
export function setName(path: string): string {
	return basename(path).replace(/\.(csv|tsv|txt)$/i, '') || path;
}

async function timesOf(
	{ methods, folder, seeds, timingRuns, onEvent, signal }: WriteComparisonOptions,
	answered: readonly string[],
): Promise<Map<string, CpuTime>> {
	const path = join(folder, `cpu-times-${timingRuns}.json`);
	const times = new Map<string, CpuTime>(Object.entries(await keptTimes(path)));
	const timed = methods.filter(({ name, kind }) => kind !== 'constant' && answered.includes(name) && !times.has(name));
	const image = timingPicture();
	for (const [i, { name, kind }] of timed.entries()) {
		signal?.throwIfAborted();
		onEvent?.({ kind: 'note', text: `Measuring time ${i + 1} of ${timed.length}: ${name}.` });
		const scorer = await openScorer(kind === 'trains' ? modelPath(folder, name, seeds[0]!) : name);
		times.set(name, await cpuTime(scorer, image, { runs: timingRuns }));
		await writeWholeFile(path, new TextEncoder().encode(JSON.stringify(Object.fromEntries(times))));
	}
	return times;
}

/** Times measured before, in the same folder; none when there is no such file or it is damaged. */
async function keptTimes(path: string): Promise<Record<string, CpuTime>> {
	try {
		return JSON.parse(await readFile(path, 'utf8')) as Record<string, CpuTime>;
	} catch {
		return {};
	}
}

/** A textured colour picture of 1024 x 1024 px: time hardly depends on what is on it. */
function timingPicture(): RgbImage {
	const side = 1024;
	const data = new Uint8Array(3 * side * side);
	for (let y = 0; y < side; y++) {
		for (let x = 0; x < side; x++) {
			for (let c = 0; c < 3; c++) {
				const wave = 40 * Math.sin(x / (5 + c)) * Math.cos(y / 9) + 25 * Math.sin((x * y) / 900);
				data[3 * (y * side + x) + c] = 150 + wave + (((x * 7919 + y * 104729 + c * 31) >> 3) % 17);
			}
		}
	}
	return { layout: 'rgb', widthPx: side, heightPx: side, data };
}
