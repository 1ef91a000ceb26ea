/**
 * Calibration: the monotone map from raw scores to truth that fits best in least squares, by pooling adjacent violators
 * (Barlow, Bartholomew, Bremner, Brunk, Statistical Inference under Order Restrictions, 1972), thinned to few points.
 * @module
 */
import { ArgumentError, type Calibration } from '@parfocal/core';

/** Points kept: plenty for a smooth curve. */
const POINTS = 24;

/** Fewest samples behind a point, so that single samples do not bend the curve's ends. */
const LEAST_SAMPLES = 8;

/**
 * Fits `value` as a non-decreasing function of `raw`. Raw scores of the result are strictly ascending.
 * @throws {ArgumentError} for fewer than two different raw scores, or lists of unequal length.
 */
export function isotonicCalibration(raw: ArrayLike<number>, value: ArrayLike<number>): Calibration {
	if (raw.length !== value.length) {
		throw new ArgumentError('value', `A calibration needs a value for each of ${raw.length} raw scores.`);
	}
	const order = Array.from({ length: raw.length }, (_, i) => i).sort((a, b) => raw[a]! - raw[b]!);
	const blocks: Block[] = [];
	const perBlock = Math.max(1, Math.min(LEAST_SAMPLES, Math.floor(order.length / 4)));
	for (let start = 0; start < order.length; start += perBlock) {
		const part = order.slice(start, start + perBlock);
		blocks.push({
			count: part.length,
			raw: part.reduce((sum, i) => sum + raw[i]!, 0) / part.length,
			value: part.reduce((sum, i) => sum + value[i]!, 0) / part.length,
		});
		while (blocks.length > 1 && blocks.at(-2)!.value >= blocks.at(-1)!.value) {
			const last = blocks.pop()!;
			blocks.push(merged(blocks.pop()!, last));
		}
	}
	const kept = thinned(blocks).filter((block, i, all) => i === 0 || block.raw > all[i - 1]!.raw);
	if (kept.length < 2) {
		throw new ArgumentError('raw', 'A calibration needs raw scores that rise with the truth; these do not.');
	}
	return { raw: kept.map((block) => block.raw), value: kept.map((block) => block.value) };
}

interface Block {
	readonly count: number;
	readonly raw: number;
	readonly value: number;
}

function merged(a: Block, b: Block): Block {
	const count = a.count + b.count;
	return {
		count,
		raw: (a.raw * a.count + b.raw * b.count) / count,
		value: (a.value * a.count + b.value * b.count) / count,
	};
}

/** At most `POINTS`, both ends among them. */
function thinned(blocks: readonly Block[]): Block[] {
	if (blocks.length <= POINTS) return [...blocks];
	return Array.from({ length: POINTS }, (_, i) => blocks[Math.round((i * (blocks.length - 1)) / (POINTS - 1))]!);
}
