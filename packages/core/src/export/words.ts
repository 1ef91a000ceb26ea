/**
 * The words and numbers that every file shares, so that the map, the table and the report say the same thing.
 * @module
 */
import type { ScoreUnit } from '../focus/focus-model.ts';
import { VALIDITY, type Validity } from '../map/focus-map.ts';
import { percent } from '../verdict/words.ts';

export { outcomeWords, strengthWords } from '../verdict/words.ts';

/** What a unit measures, its symbol, and the name of one such measurement. */
export interface UnitWords {
	/** After a number: `µm`. Empty for relative scores. */
	readonly symbol: string;
	/** Beside a scale: `µm out of focus`. */
	readonly axis: string;
	/** In a measurement's name: `defocus µm`. */
	readonly measurement: string;
}

/** Units in words. */
export const unitWords: Readonly<Record<ScoreUnit, UnitWords>> = {
	defocusUm: { symbol: 'µm', axis: 'µm out of focus', measurement: 'defocus µm' },
	blurRadiusPx: { symbol: 'px', axis: 'px blur radius', measurement: 'blur radius px' },
	zLevel: { symbol: 'z-levels', axis: 'z-levels out of focus', measurement: 'z-level' },
	score: { symbol: '', axis: 'score (relative)', measurement: 'score' },
};

const validityNames: Readonly<Record<Validity, string>> = {
	[VALIDITY.assessable]: 'assessable',
	[VALIDITY.background]: 'background',
	[VALIDITY.littleTexture]: 'little-texture',
	[VALIDITY.unreadable]: 'unreadable',
	[VALIDITY.penMark]: 'pen-mark',
};

/** A validity code as the word used in tables; `unknown` for a code that is none. */
export function validityWord(code: number): string {
	return validityNames[code as Validity] ?? 'unknown';
}

/** A number with at most `digits` significant digits, never in exponent form, without trailing zeros. */
export function formatNumber(value: number, digits = 3): string {
	if (!Number.isFinite(value)) return '–';
	const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
	const decimals = Math.min(Math.max(digits - 1 - magnitude, 0), 12);
	const text = value.toFixed(decimals);
	const trimmed = decimals > 0 ? text.replace(/\.?0+$/, '') : text;
	return trimmed === '-0' ? '0' : trimmed;
}

/** A fraction as in the verdict's sentences, shorter: `< 0.1 %`, `> 99.9 %`. A dash for what is no number. */
export function formatPercent(fraction: number): string {
	if (!Number.isFinite(fraction)) return '–';
	return percent(fraction).replace('less than', '<').replace('more than', '>');
}

/** A value of the map with its unit: `2.4 µm`. */
export function formatValue(value: number, unit: ScoreUnit): string {
	const { symbol } = unitWords[unit];
	return symbol === '' ? formatNumber(value) : `${formatNumber(value)} ${symbol}`;
}
