import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PolicyError } from '../errors.ts';
import { parsePolicy } from './parse-policy.ts';
import type { Policy } from './policy.ts';
import { POLICIES } from './presets.ts';

const plain = JSON.parse(JSON.stringify(POLICIES.routine)) as Record<string, unknown>;

/** The plain policy with one thing changed; `path` as in an error. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
	const copy = structuredClone(plain);
	let node: Record<string | number, unknown> = copy;
	for (const key of path.slice(0, -1)) node = node[key] as Record<string | number, unknown>;
	if (value === undefined) delete node[path.at(-1)!];
	else node[path.at(-1)!] = value;
	return copy;
}

test('takes a file or an object, and gives the policy back', () => {
	expect(parsePolicy(JSON.stringify(plain))).toEqual(POLICIES.routine);
	expect(parsePolicy(plain)).toEqual(POLICIES.routine);
});

test("a small policy of one's own", () => {
	const own: Policy = {
		name: 'ours',
		description: 'What our lab agreed on.',
		thresholds: { score: { slight: 0.9, clear: 0.6, strong: 0.3, why: 'Sharper is higher.' } },
		limits: [{ outcome: 'rescan', atLeast: 'clear', fraction: 0.1, regionAreaMm2: 2, why: 'Agreed.' }],
		minimumAssessableMm2: { value: 0, why: 'Any.' },
		maximumUnreadableFraction: { value: 1, why: 'Any.' },
		worstRegions: 0,
	};
	expect(parsePolicy(own)).toEqual(own);
	expect(parsePolicy({ ...own, thresholds: {}, limits: [] })).toMatchObject({ thresholds: {}, limits: [] });
});

test.each([
	[
		'a misspelt key',
		['limts'],
		[],
		/the policy has the unknown key "limts"; allowed are name, description, thresholds/,
	],
	['a missing key', ['description'], undefined, /the policy needs the key "description"/],
	['a name that is no text', ['name'], 5, /name must be a text, not 5/],
	['an empty name', ['name'], ' ', /name must be a text/],
	['an unknown unit', ['thresholds', 'mm'], {}, /thresholds has the unknown key "mm"; allowed are defocusUm/],
	[
		'thresholds out of order',
		['thresholds', 'defocusUm', 'clear'],
		9,
		/thresholds\.defocusUm must have slight < clear < strong/,
	],
	[
		'a threshold that is text',
		['thresholds', 'defocusUm', 'slight'],
		'1',
		/thresholds\.defocusUm\.slight must be a number/,
	],
	[
		'a threshold without a reason',
		['thresholds', 'zLevel', 'why'],
		undefined,
		/thresholds\.zLevel needs the key "why"/,
	],
	['limits that are no list', ['limits'], { a: 1 }, /limits must be a list, not an object/],
	[
		'an outcome that no limit has',
		['limits', 0, 'outcome'],
		'pass',
		/limits\[0\]\.outcome must be one of review, rescan, not "pass"/,
	],
	[
		'an unknown strength',
		['limits', 1, 'atLeast'],
		'much',
		/limits\[1\]\.atLeast must be one of slight, clear, strong/,
	],
	[
		'a fraction in percent',
		['limits', 0, 'fraction'],
		20,
		/limits\[0\]\.fraction must be a number from 0 to 1, not 20/,
	],
	['a limit that limits nothing', ['limits', 0, 'fraction'], undefined, /limits\[0\] needs fraction or regionAreaMm2/],
	['a key of another place', ['limits', 0, 'value'], 1, /limits\[0\] has the unknown key "value"/],
	[
		'a bare number where a reason belongs',
		['minimumAssessableMm2'],
		0.1,
		/minimumAssessableMm2 must be an object, not 0\.1/,
	],
	['a negative area', ['minimumAssessableMm2', 'value'], -1, /minimumAssessableMm2\.value must be a number from 0/],
	['half a region', ['worstRegions'], 2.5, /worstRegions must be a whole number from 0 to 1000/],
] as const)('refuses %s', (_, path, value, message) => {
	expect(() => parsePolicy(changed(path, value), 'lab.json')).toThrow(PolicyError);
	expect(() => parsePolicy(changed(path, value), 'lab.json')).toThrow(message);
	expect(() => parsePolicy(changed(path, value), 'lab.json')).toThrow(/^In the policy lab\.json, /);
});

test('refuses what is not JSON, not an object, or endless', () => {
	expect(() => parsePolicy('{"name": ')).toThrow(/the file is not JSON/);
	expect(() => parsePolicy('[]')).toThrow(/the policy must be an object, not a list/);
	expect(() => parsePolicy(null)).toThrow(PolicyError);
	expect(() => parsePolicy('x'.repeat(200_001))).toThrow(/longer than/);
	expect(() => parsePolicy({ ...plain, limits: new Array(101).fill({}) })).toThrow(/more than 100 entries/);
});

test('keeps the cause', () => {
	try {
		parsePolicy('{');
		expect.unreachable();
	} catch (error) {
		expect((error as Error).cause).toBeInstanceOf(SyntaxError);
	}
});

function refusesPolitely(input: unknown): void {
	try {
		expect(parsePolicy(parsePolicy(input))).toBeTruthy();
	} catch (error) {
		expect(error).toBeInstanceOf(PolicyError);
	}
}

test('anything at all gives a policy or a PolicyError', () => {
	fc.assert(fc.property(fc.anything(), refusesPolitely));
	fc.assert(fc.property(fc.string(), refusesPolitely));
	const text = JSON.stringify(plain);
	fc.assert(
		fc.property(fc.nat(text.length), fc.nat(30), fc.string({ maxLength: 4 }), (at, cut, inserted) =>
			refusesPolitely(text.slice(0, at) + inserted + text.slice(at + cut)),
		),
		{ numRuns: 300 },
	);
	const paths = fc.constantFrom(
		['limits', 0],
		['limits', 0, 'fraction'],
		['thresholds'],
		['thresholds', 'defocusUm'],
		['worstRegions'],
	);
	fc.assert(fc.property(paths, fc.anything({ maxDepth: 2 }), (path, value) => refusesPolitely(changed(path, value))));
});
