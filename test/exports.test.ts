/** What each package offers: a name that appears or goes is a change to the changelog. */
import * as core from '@parfocal/core';
import * as lab from '@parfocal/lab';
import * as node from '@parfocal/node';
import * as cli from 'parfocal';
import { expect, test } from 'vitest';
import { textOf } from './helpers/repository.ts';

test.each(Object.entries({ core, node, lab, cli }))('exports of %s', (_, exported) => {
	expect(Object.keys(exported).sort()).toMatchSnapshot();
});

test.each(['core', 'node', 'lab', 'cli'])('every package.json of %s agrees with the others', (name) => {
	const manifest = JSON.parse(textOf(`packages/${name}/package.json`));
	const core = JSON.parse(textOf('packages/core/package.json'));
	expect(manifest).toMatchObject({
		version: core.version,
		license: 'Apache-2.0',
		type: 'module',
		engines: core.engines,
	});
	for (const [dependency, version] of Object.entries(manifest.dependencies ?? {})) {
		if (dependency.startsWith('@parfocal/')) expect(version).toBe(core.version);
	}
});

test('the core depends on nothing of ours and nothing of Node', async () => {
	const { trackedFiles, isSource } = await import('./helpers/repository.ts');
	const guilty = trackedFiles()
		.filter((path) => isSource(path) && path.startsWith('packages/core/src/'))
		.filter((path) => /from '(node:|@parfocal\/)/.test(textOf(path)));
	expect(guilty).toEqual([]);
});
