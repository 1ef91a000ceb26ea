import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdOut, sortPatches } from './patch-folder.ts';

const file = (path: string) => ({ path, file: new Blob() });
const several = (folder: string, count: number) => Array.from({ length: count }, (_, i) => file(`${folder}/${i}.png`));

describe('sortPatches', () => {
	test('takes the folder a picture lies in as its class, numbers by size', () => {
		const { classes, patches } = sortPatches([...several('set/10', 3), ...several('set/2', 4), ...several('set/0', 3)]);
		expect(classes).toEqual(['0', '2', '10']);
		expect(patches.map(({ label }) => label)).toEqual([2, 2, 2, 1, 1, 1, 1, 0, 0, 0]);
	});

	test('leaves out what is no picture, and counts it', () => {
		const files = [...several('a', 3), ...several('b', 3), file('a/notes.txt'), file('b/Thumbs.db')];
		expect(sortPatches(files)).toMatchObject({ classes: ['a', 'b'], leftOut: 2 });
	});

	test('says what is wrong with a folder that cannot be learned from', () => {
		expect(() => sortPatches([file('a/readme.md')])).toThrow(/no pictures/);
		expect(() => sortPatches(several('set', 5))).toThrow(/“set”.*folder of its own/);
		expect(() => sortPatches([...several('a', 5), ...several('b', 2)])).toThrow(/“b” has 2 of the 3/);
	});
});

describe('holdOut', () => {
	const folders = fc.array(fc.integer({ min: 3, max: 40 }), { minLength: 2, maxLength: 6 });

	test('keeps about a fifth of each class, no patch on both sides, none lost', () => {
		fc.assert(
			fc.property(folders, (counts) => {
				const { patches } = sortPatches(counts.flatMap((count, i) => several(`${i}`, count)));
				const { train, check } = holdOut(patches);
				expect(new Set([...train, ...check]).size).toBe(patches.length);
				expect(train.length + check.length).toBe(patches.length);
				for (const [label, count] of counts.entries()) {
					const held = check.filter((patch) => patch.label === label).length;
					expect(held).toBe(Math.max(1, Math.round(count / 5)));
				}
			}),
		);
	});

	test('does not depend on the order of the files', () => {
		const { patches } = sortPatches([...several('a', 9), ...several('b', 11)]);
		const paths = (order: typeof patches) =>
			holdOut(order)
				.check.map(({ path }) => path)
				.toSorted();
		expect(paths(patches.toReversed())).toEqual(paths(patches));
	});
});
