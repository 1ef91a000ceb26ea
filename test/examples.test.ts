/** Every example runs as its page says, on the data that it makes itself and on a folder that it is given. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeSimulatedFocusPath } from '@parfocal/lab';
import { beforeAll, expect, test } from 'vitest';
import { root, textOf } from './helpers/repository.ts';
import { scratchFolder } from './helpers/scratch.ts';

const folder = scratchFolder('examples');
const commands = [...textOf('examples/README.md').matchAll(/`node --conditions=source (examples\/[\w-]+\.ts) \[/g)].map(
	([, file]) => file!,
);

beforeAll(async () => {
	const sizes = { slides: 5, positions: 1, slices: 6, sidePx: 240, stepUm: 1, mpp: 0.25, seed: 2 };
	await writeSimulatedFocusPath(join(folder, 'stacks'), sizes);
}, 60_000);

async function run(file: string, ...args: string[]): Promise<string> {
	const env = { ...process.env, TMPDIR: folder };
	const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', join(root, file), ...args], {
		env,
	});
	expect(stdout).not.toMatch(/undefined|NaN/);
	return stdout;
}

test('the page names all that can be run', () => {
	const helpers = ['decode.ts', 'simulated-stacks.ts'];
	const files = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts') && !helpers.includes(name));
	expect(commands.map((file) => file.replace('examples/', '')).sort()).toEqual(files.sort());
});

test('filtering a folder keeps the sharp and drops the blurry', { timeout: 120_000 }, async () => {
	const said = await run('examples/filter-folder.ts', join(folder, 'stacks'));
	const [kept, of] = /(\d+) of (\d+) pictures/.exec(said)!.slice(1).map(Number);
	expect(of).toBe(30);
	expect(kept).toBeGreaterThan(3);
	expect(kept).toBeLessThan(25);
});

test('comparing three methods prints a line each, and says that the data are simulated', {
	timeout: 180_000,
}, async () => {
	const said = await run('examples/compare-methods.ts', join(folder, 'stacks'));
	expect(said.match(/: SRCC -?[\d.]+, ROC-AUC [\d.]+$/gm)).toHaveLength(3);
	expect(said).toContain('simulated');
});

test('training makes its own data when it has none, and uses what came out', { timeout: 180_000 }, async () => {
	const said = await run('examples/train-focuslitenn.ts');
	expect(said).toMatch(/80 simulated patches/);
	expect(said).toMatch(/test side: SRCC -?[\d.]+ on 16 patches/);
	expect(said.match(/: z -?\d+, score /g)).toHaveLength(3);
});
