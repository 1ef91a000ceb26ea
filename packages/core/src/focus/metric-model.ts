/**
 * Knowledge-based metrics as focus models, so that maps, exports, reports and comparisons work with them.
 * @module
 */
import { ArgumentError, ModelError } from '../errors.ts';
import { canonicalJson, sha256 } from '../fingerprint.ts';
import { cropRgb } from '../image/crop.ts';
import type { RgbImage } from '../image/pixels.ts';
import { type Metric, metricNamed, withDictionary } from '../metrics/metrics.ts';
import { type SparseDictionary, saveDictionary } from '../metrics/sparish/dictionary.ts';
import type { ImmediateModel, WindowScores } from './focus-model.ts';
import type { MetricDefinition } from './metric-definition.ts';

/**
 * Windows of metric models: large enough for the longest filter (65 taps) and the 1,000 pixels of MLV, small enough for a
 * map; half a window apart.
 */
export const METRIC_WINDOW_PX = 256;
export const METRIC_STRIDE_PX = 128;

/** Below this no metric says anything. */
const SMALLEST_WINDOW_PX = 16;

/** Choices about a metric as a model. */
export interface MetricModelOptions {
	/** Side of a window; default 256. */
	readonly windowPx?: number;
	/** From one window to the next; default 128. */
	readonly stridePx?: number;
	/** For SPARISH: learned patterns instead of cosines. */
	readonly dictionary?: SparseDictionary | undefined;
}

/**
 * The definition of a metric as a model.
 * @throws {ArgumentError} when no metric has that name, or one that uses no dictionary is given one.
 * @example
 * ```ts
 * const { assessment } = await assess(slide, { model: createFocusModel(await metricDefinition('mlv')) });
 * ```
 */
export async function metricDefinition(
	name: string,
	{ windowPx = METRIC_WINDOW_PX, stridePx = METRIC_STRIDE_PX, dictionary }: MetricModelOptions = {},
): Promise<MetricDefinition> {
	const { source } = withDictionary(metricNamed(name), dictionary);
	const facts = { kind: 'metric', name, licence: 'Apache-2.0', origin: source, windowPx, stridePx } as const;
	if (!dictionary) return { ...facts, sha256: await sha256(canonicalJson(facts)) };
	const patterns = await sha256(saveDictionary(dictionary));
	return { ...facts, sha256: await sha256(canonicalJson({ ...facts, patterns })), dictionary };
}

/**
 * The model of a metric: exact mode only, because no metric is a sum over pixels. Its scores are plain numbers that no
 * policy has thresholds for: there is a map, and no verdict.
 *
 * A window is scored as if it were the whole picture. Metrics are statistics of whole pictures (the 1,000 steepest pixels,
 * a spectrum, a share of the strongest responses), so scores of windows and of the picture they were cut from are not
 * comparable, nor are those of windows of different size.
 * @throws {ModelError} when there is no metric of that name, or the windows make no sense.
 */
export function createMetricModel(definition: MetricDefinition): ImmediateModel {
	const { name, sha256: fingerprint, licence, windowPx, stridePx } = definition;
	const metric = checkedMetric(definition);
	return {
		name,
		sha256: fingerprint,
		licence,
		unit: 'score',
		higherMeans: metric.higherMeans,
		windowPx,
		stridePx,
		planes: 'all',
		definition,
		scoreWindows: (image) => scoreWindows(image, metric, definition),
	};
}

function checkedMetric({ name, windowPx, stridePx, dictionary }: MetricDefinition): Metric {
	const whole = Number.isInteger(windowPx) && Number.isInteger(stridePx);
	if (!whole || windowPx < SMALLEST_WINDOW_PX || stridePx < 1) {
		throw new ModelError(
			name,
			`The metric ${name} cannot be computed in windows of ${windowPx} px every ${stridePx} px: whole numbers are needed, and windows of ${SMALLEST_WINDOW_PX} px or more.`,
		);
	}
	try {
		return withDictionary(metricNamed(name), dictionary);
	} catch (cause) {
		throw new ModelError(name, (cause as Error).message, { cause });
	}
}

function scoreWindows(image: RgbImage, metric: Metric, { windowPx, stridePx }: MetricDefinition): WindowScores {
	const { widthPx, heightPx } = image;
	if (widthPx < windowPx || heightPx < windowPx) {
		throw new ArgumentError(
			'image',
			`An image of ${widthPx} x ${heightPx} px is too small to score: at least ${windowPx} x ${windowPx} px are needed.`,
		);
	}
	const columns = Math.floor((widthPx - windowPx) / stridePx) + 1;
	const rows = Math.floor((heightPx - windowPx) / stridePx) + 1;
	const scores = new Float32Array(columns * rows);
	for (let i = 0; i < scores.length; i++) {
		const column = i % columns;
		const x = column * stridePx;
		const y = ((i - column) / columns) * stridePx;
		scores[i] = metric.score(cropRgb(image, { x, y, widthPx: windowPx, heightPx: windowPx }));
	}
	return { columns, rows, scores, score: meanOf(scores) };
}

/** Mean of the windows that have a score; NaN when none has. */
function meanOf(scores: Float32Array): number {
	const known = scores.filter((score) => !Number.isNaN(score));
	return known.reduce((sum, score) => sum + score, 0) / known.length;
}
