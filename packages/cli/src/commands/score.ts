/**
 * `parfocal score`.
 * @module
 */
import { resolve } from 'node:path';
import {
	ArgumentError,
	isParfocalError,
	METRICS,
	type Metric,
	metricNamed,
	readWhole,
	type Slide,
	scorePicture,
	withDictionary,
} from '@parfocal/core';
import { openSlideFile } from '@parfocal/node';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { expandPaths, isAddress } from '../expand-paths.ts';
import { loadCalibration } from '../load-calibration.ts';
import { loadDictionaryFile } from '../load-dictionary.ts';
import { loadModel } from '../load-model.ts';
import type { Method } from '../score/methods.ts';
import { formatMetrics, type MetricScores, metricLines } from '../score/metric-table.ts';
import { formatScores, type ScoredPicture, scoreLine } from '../score/model-table.ts';

/** File name endings that make a file in a folder a picture. */
const PICTURE_ENDINGS = ['.png', '.jpg', '.jpeg', '.tif', '.tiff', '.webp'];

/** Flags of `parfocal score`. */
export interface ScoreFlags {
	readonly model?: string;
	readonly method: Method;
	readonly dictionary?: string;
	readonly calibration?: string;
	readonly exact?: boolean;
	readonly json?: boolean;
}

/** Scores pictures one after another; one that cannot be read never stops the others. */
export default async function score(this: Context, flags: ScoreFlags, ...args: string[]): Promise<void> {
	const files = await expandPaths(args, this.cwd, PICTURE_ENDINGS);
	await (flags.method === 'focuslitenn' ? scoreByModel(this, flags, files) : scoreByMetrics(this, flags, files));
}

async function scoreByModel(context: Context, flags: ScoreFlags, files: readonly string[]): Promise<void> {
	const { stdout } = context.process;
	const model = await loadModel(flags.model, context.cwd, flags.dictionary);
	const mode = flags.exact ? 'exact' : 'fast';
	const calibration = await loadCalibration(flags.calibration, model, mode, context.cwd);
	const by = { method: flags.method, model, calibration };
	const scored: ScoredPicture[] = [];
	await eachPicture(context, files, async (slide, file) => {
		const result = { file, ...(await scorePicture(slide, model, { mode, signal: context.signal })) };
		scored.push(result);
		if (flags.json) stdout.write(scoreLine(result, by));
	});
	if (!flags.json && scored.length > 0) stdout.write(formatScores(scored, by));
}

async function scoreByMetrics(context: Context, flags: ScoreFlags, files: readonly string[]): Promise<void> {
	const { stdout } = context.process;
	if (flags.model !== undefined) {
		throw new ArgumentError('model', `--model belongs to --method focuslitenn, not to ${flags.method}.`);
	}
	if (flags.calibration !== undefined) {
		const hint = flags.method === 'all' ? '' : `, such as --model ${flags.method}`;
		throw new ArgumentError('calibration', `--calibration belongs to the scores of a model${hint}.`);
	}
	const metrics = await chosenMetrics(flags, context.cwd);
	const scored: MetricScores[] = [];
	await eachPicture(context, files, async (slide, file) => {
		const image = await readWhole(slide, { signal: context.signal });
		const result = { file, scores: metrics.map((metric) => metric.score(image)) };
		scored.push(result);
		if (flags.json) stdout.write(metricLines(result, metrics));
	});
	if (!flags.json && scored.length > 0) stdout.write(formatMetrics(scored, metrics));
}

/** With all metrics, a dictionary is for the one that uses it. */
async function chosenMetrics({ method, dictionary }: ScoreFlags, cwd: string): Promise<readonly Metric[]> {
	const patterns = dictionary === undefined ? undefined : await loadDictionaryFile(dictionary, cwd);
	if (method !== 'all') return [withDictionary(metricNamed(method), patterns)];
	return METRICS.map((metric) => (metric.name === 'sparish' ? withDictionary(metric, patterns) : metric));
}

async function eachPicture(
	{ process, cwd, signal }: Context,
	files: readonly string[],
	use: (slide: Slide, file: string) => Promise<void>,
): Promise<void> {
	for (const file of files) {
		try {
			const slide = await openSlideFile(isAddress(file) ? file : resolve(cwd, file), { signal });
			try {
				await use(slide, file);
			} finally {
				await slide.close();
			}
		} catch (error) {
			if (signal.aborted || !isParfocalError(error, 'read', 'format', 'argument')) throw error;
			process.stderr.write(`parfocal: ${error.message}\n`);
			process.exitCode = EXIT.notRead;
		}
	}
}
