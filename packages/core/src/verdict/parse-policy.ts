/**
 * Reading a policy file.
 * @module
 */
import { PolicyError } from '../errors.ts';
import type { ScoreUnit } from '../focus/focus-model.ts';
import type { BlurThresholds, Limit, Policy } from './policy.ts';
import { STRENGTHS } from './strength.ts';

/** A longer file is no policy. */
const MOST_CHARACTERS = 200_000;
const MOST_LIMITS = 100;
const MOST_REGIONS = 1000;
const UNITS: readonly ScoreUnit[] = ['defocusUm', 'blurRadiusPx', 'zLevel', 'score'];

/**
 * Checks a user's policy. Every key must be known, so that a misspelt limit is never silently ignored.
 * @param json The file's text, or the object in it.
 * @param label What to call it in errors, e.g. the file's name.
 * @throws {PolicyError} that names the offending key and what is allowed there
 * @example
 * ```ts
 * const policy = parsePolicy(await file.text(), file.name);
 * ```
 */
export function parsePolicy(json: unknown, label = 'policy'): Policy {
	const checked = new Checker(label);
	const root = checked.object(typeof json === 'string' ? checked.json(json) : json, 'the policy', [
		'name',
		'description',
		'thresholds',
		'limits',
		'minimumAssessableMm2',
		'maximumUnreadableFraction',
		'worstRegions',
	]);
	const bounded = (key: string, most: number) => {
		const { value, why } = checked.object(root[key], key, ['value', 'why']);
		return { value: checked.number(value, `${key}.value`, 0, most), why: checked.text(why, `${key}.why`) };
	};
	return {
		name: checked.text(root['name'], 'name'),
		description: checked.text(root['description'], 'description'),
		thresholds: parseThresholds(root['thresholds'], checked),
		limits: checked.list(root['limits'], 'limits', MOST_LIMITS).map((limit, i) => parseLimit(limit, i, checked)),
		minimumAssessableMm2: bounded('minimumAssessableMm2', 1e6),
		maximumUnreadableFraction: bounded('maximumUnreadableFraction', 1),
		worstRegions: checked.integer(root['worstRegions'], 'worstRegions', 0, MOST_REGIONS),
	};
}

function parseThresholds(json: unknown, checked: Checker): Policy['thresholds'] {
	const byUnit = checked.object(json, 'thresholds', [], UNITS);
	const parsed = Object.entries(byUnit).map(([unit, value]) => {
		const at = `thresholds.${unit}`;
		const entry = checked.object(value, at, [...STRENGTHS, 'why']);
		const [slight, clear, strong] = STRENGTHS.map((key) => checked.number(entry[key], `${at}.${key}`, -1e9, 1e9));
		const rising = slight! < clear! && clear! < strong!;
		// Only plain scores may come from a method whose score falls with blur.
		const falling = unit === 'score' && slight! > clear! && clear! > strong!;
		if (!rising && !falling) checked.fail(at, 'must have slight < clear < strong');
		return [unit, { slight, clear, strong, why: checked.text(entry['why'], `${at}.why`) }] as const;
	});
	return Object.fromEntries(parsed) as Policy['thresholds'];
}

function parseLimit(json: unknown, index: number, checked: Checker): Limit {
	const at = `limits[${index}]`;
	const limit = checked.object(json, at, ['outcome', 'atLeast', 'why'], ['fraction', 'regionAreaMm2']);
	const { fraction, regionAreaMm2 } = limit;
	if (fraction === undefined && regionAreaMm2 === undefined) checked.fail(at, 'needs fraction or regionAreaMm2');
	return {
		outcome: checked.oneOf(limit['outcome'], `${at}.outcome`, ['review', 'rescan'] as const),
		atLeast: checked.oneOf<keyof BlurThresholds>(limit['atLeast'], `${at}.atLeast`, STRENGTHS),
		...(fraction !== undefined && { fraction: checked.number(fraction, `${at}.fraction`, 0, 1) }),
		...(regionAreaMm2 !== undefined && {
			regionAreaMm2: checked.number(regionAreaMm2, `${at}.regionAreaMm2`, 0, 1e6),
		}),
		why: checked.text(limit['why'], `${at}.why`),
	};
}

/** Checks of single values; each failure says where, what was found, and what is allowed. */
class Checker {
	readonly #label: string;
	constructor(label: string) {
		this.#label = label;
	}

	fail(at: string, complaint: string, cause?: unknown): never {
		throw new PolicyError(this.#label, `In the policy ${this.#label}, ${at} ${complaint}.`, cause ? { cause } : {});
	}

	json(text: string): unknown {
		if (text.length > MOST_CHARACTERS) this.fail('the file', `is longer than ${MOST_CHARACTERS} characters`);
		try {
			return JSON.parse(text);
		} catch (cause) {
			return this.fail('the file', 'is not JSON', cause);
		}
	}

	object(
		value: unknown,
		at: string,
		required: readonly string[],
		optional: readonly string[] = [],
	): Record<string, unknown> {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) {
			return this.fail(at, `must be an object, not ${shown(value)}`);
		}
		const allowed = [...required, ...optional];
		for (const key of Object.keys(value)) {
			if (!allowed.includes(key)) this.fail(at, `has the unknown key ${shown(key)}; allowed are ${allowed.join(', ')}`);
		}
		for (const key of required) {
			if (!Object.hasOwn(value, key)) this.fail(at, `needs the key ${shown(key)}`);
		}
		return value as Record<string, unknown>;
	}

	list(value: unknown, at: string, most: number): unknown[] {
		if (!Array.isArray(value)) return this.fail(at, `must be a list, not ${shown(value)}`);
		if (value.length > most) this.fail(at, `has more than ${most} entries`);
		return value;
	}

	text(value: unknown, at: string): string {
		if (typeof value === 'string' && value.trim() !== '') return value;
		return this.fail(at, `must be a text, not ${shown(value)}`);
	}

	number(value: unknown, at: string, least: number, most: number): number {
		if (typeof value === 'number' && value >= least && value <= most) return value;
		return this.fail(at, `must be a number from ${least} to ${most}, not ${shown(value)}`);
	}

	integer(value: unknown, at: string, least: number, most: number): number {
		if (Number.isInteger(value)) return this.number(value, at, least, most);
		return this.fail(at, `must be a whole number from ${least} to ${most}, not ${shown(value)}`);
	}

	oneOf<T extends string>(value: unknown, at: string, allowed: readonly T[]): T {
		const found = allowed.find((word) => word === value);
		return found ?? this.fail(at, `must be one of ${allowed.join(', ')}, not ${shown(value)}`);
	}
}

function shown(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object' && value !== null) return 'an object';
	const text = JSON.stringify(value) ?? 'nothing';
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
