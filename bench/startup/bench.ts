/** How long `parfocal --help` takes, beside Node doing nothing. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { interleave, machine, table } from '../harness.ts';

const main = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url));

function node(...args: string[]): () => void {
	return () => {
		const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
		if (status !== 0) throw new Error(`node ${args.join(' ')} failed: ${stderr}`);
	};
}

export async function run(): Promise<string> {
	const timings = await interleave(
		[
			{ name: 'node doing nothing', run: node('--eval', '0') },
			{ name: 'parfocal --help', run: node(main, '--help') },
			{ name: 'parfocal scan --help', run: node(main, 'scan', '--help') },
		],
		15,
	);
	const floor = timings[0]?.medianMs ?? Number.NaN;
	return `# Start-up

${machine()} Build first: \`npm run build\`. Goal: \`--help\` within 150 ms.

${table(
	['command', 'median ms', 'minimum ms', 'x node doing nothing'],
	timings.map((t) => [t.name, t.medianMs.toFixed(0), t.minimumMs.toFixed(0), (t.medianMs / floor).toFixed(2)]),
)}
`;
}
