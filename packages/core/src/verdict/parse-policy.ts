/**
 * Reading a policy file.
 * @module
 */
import { PolicyError } from '../errors.ts';
import type { ScoreUnit } from '../focus/focus-model.ts';
import { JsonChecker } from '../json-checker.ts';
import type { BlurThresholds, Limit, Policy } from './policy.ts';
import { STRENGTHS } from './strength.ts';

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
	const checked = new JsonChecker(
		(complaint, options) => new PolicyError(label, `In the policy ${label}, ${complaint}`, options),
	);
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

function parseThresholds(json: unknown, checked: JsonChecker): Policy['thresholds'] {
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

function parseLimit(json: unknown, index: number, checked: JsonChecker): Limit {
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
