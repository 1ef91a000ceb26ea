import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

function train(...flags: string[]): { code: number | null; message: string } {
	const { status, stderr } = spawnSync(process.execPath, ['--conditions=source', main, ...flags], { encoding: 'utf8' });
	return { code: status, message: stderr };
}

test.each([
	[[], /--all, or --model with one of focuslitenn-1-min/],
	[['--model', 'nonsense'], /no recipe "nonsense"/],
	[['--all', '--seed', 'many'], /--seed must be a whole number/],
	[['--all', '--steps', '0'], /--steps must be a whole number/],
	[['--all', '--data', '/nowhere'], /\/nowhere\/manifest.json/],
	[['--sideways'], /sideways/],
])('%j is refused in words, not with a stack', (flags, words) => {
	const { code, message } = train(...flags);
	expect(message).toMatch(words);
	expect(message).not.toMatch(/\n\s+at /);
	expect(code).toBe(2);
});
