/** Training in a page uses the same code: what it imports must not need Node. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));

/** All modules that one leads to, with the packages they name. */
function closure(path: string, seen = new Map<string, string[]>()): Map<string, string[]> {
	if (seen.has(path)) return seen;
	const text = readFileSync(path, 'utf8').replaceAll(/^import type .*$/gm, '');
	const imports = [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, name]) => name!);
	seen.set(
		path,
		imports.filter((name) => !name.startsWith('.')),
	);
	for (const name of imports.filter((each) => each.startsWith('.'))) closure(join(dirname(path), name), seen);
	return seen;
}

test.each([
	'pixels/preparation.ts',
	'batches/patch-source.ts',
	'batches/local-batch-maker.ts',
	'batches/class-weights.ts',
	'splits/split-patches.ts',
	'splits/folds.ts',
	'splits/leak.ts',
])('%s and all it imports run in a browser', (module) => {
	const modules = closure(join(here, module));
	for (const [path, packages] of modules)
		expect(
			packages.filter((name) => name !== '@parfocal/core'),
			path,
		).toEqual([]);
});

test('the check finds what does need Node', () => {
	const packages = [...closure(join(here, 'batches/open-patch-source.ts')).values()].flat();
	expect(packages).toEqual(expect.arrayContaining(['node:path', 'sharp', '@parfocal/node']));
});
