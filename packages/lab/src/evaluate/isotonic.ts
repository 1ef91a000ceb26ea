/**
 * Calibration: the monotone map from raw scores to truth that fits best in least squares, by pooling adjacent violators,
 * thinned to few points.
 * @module
 */
import { ArgumentError, type CalibrationCurve } from '@parfocal/core';
import { type Block, poolViolators } from './pool-violators.ts';

/** Points kept: plenty for a smooth curve. */
const POINTS = 24;

/** Fewest samples behind a point, so that single samples do not bend the curve's ends. */
const LEAST_SAMPLES = 8;

/**
 * Fits `value` as a non-decreasing function of `raw`. Raw scores of the result are strictly ascending.
 * @throws {ArgumentError} for fewer than two different raw scores, or lists of unequal length.
 */
export function isotonicCalibration(raw: ArrayLike<number>, value: ArrayLike<number>): CalibrationCurve {
	if (raw.length !== value.length) {
		throw new ArgumentError('value', `A calibration needs a value for each of ${raw.length} raw scores.`);
	}
	const order = Array.from({ length: raw.length }, (_, i) => i).sort((a, b) => raw[a]! - raw[b]!);
	const perBlock = Math.max(1, Math.min(LEAST_SAMPLES, Math.floor(order.length / 4)));
	const parts: RawBlock[] = [];
	for (let start = 0; start < order.length; start += perBlock) {
		const part = order.slice(start, start + perBlock);
		const mean = (of: ArrayLike<number>): number => part.reduce((sum, i) => sum + of[i]!, 0) / part.length;
		parts.push({ count: part.length, raw: mean(raw), value: mean(value) });
	}
	const blocks = poolViolators(parts, merged);
	const kept = thinned(blocks).filter((block, i, all) => i === 0 || block.raw > all[i - 1]!.raw);
	if (kept.length < 2) {
		throw new ArgumentError('raw', 'A calibration needs raw scores that rise with the truth; these do not.');
	}
	return { raw: kept.map((block) => block.raw), value: kept.map((block) => block.value) };
}

interface RawBlock extends Block {
	readonly raw: number;
}

function merged(a: RawBlock, b: RawBlock): RawBlock {
	const count = a.count + b.count;
	return {
		count,
		raw: (a.raw * a.count + b.raw * b.count) / count,
		value: (a.value * a.count + b.value * b.count) / count,
	};
}

/** At most `POINTS`, both ends among them. */
function thinned(blocks: readonly RawBlock[]): RawBlock[] {
	if (blocks.length <= POINTS) return [...blocks];
	return Array.from({ length: POINTS }, (_, i) => blocks[Math.round((i * (blocks.length - 1)) / (POINTS - 1))]!);
}
