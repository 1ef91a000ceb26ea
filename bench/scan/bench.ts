/** How close a whole scan is to decoding alone, what OpenSlide needs merely to read, and how cost grows with the slide. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { machine, median, table } from '../harness.ts';
import { benchSlide } from '../slides/make.ts';
import { measureProcess, type ProcessUse } from './measured-process.ts';

const WORKERS = '2';
const REPEATS = 5;
const cache = fileURLToPath(new URL('../../.cache/bench/', import.meta.url));
const file = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The command line as users run it, all outputs; any verdict will do. */
function scan(slide: string): Promise<ProcessUse> {
	const args = ['scan', slide, '--out', `${cache}out`, '--workers', WORKERS, '--quiet'];
	return measureProcess(process.execPath, [file('../../packages/cli/dist/main.js'), ...args], [0, 3]);
}

function decodeOnly(slide: string, planes: 'luma' | 'all'): Promise<ProcessUse> {
	const script = file('./decode-only.ts');
	return measureProcess(process.execPath, [script, slide, WORKERS, planes], [0]);
}

/** The peer's program, or why there is none. */
function buildOpenSlideReader(): string | undefined {
	try {
		execFileSync('cc', ['-O2', file('./openslide-read.c'), '-o', `${cache}openslide-read`, '-lopenslide', '-lpthread']);
		return `${cache}openslide-read`;
	} catch {
		console.error('OpenSlide is left out: it needs a C compiler and libopenslide-dev');
		return undefined;
	}
}

/** Medians of candidates that take turns. */
async function inTurn(
	candidates: Readonly<Record<string, () => Promise<ProcessUse>>>,
	repeats: number,
): Promise<Record<string, ProcessUse>> {
	const uses = Object.fromEntries(Object.keys(candidates).map((name): [string, ProcessUse[]] => [name, []]));
	for (let round = -1; round < repeats; round++) {
		for (const [name, run] of Object.entries(candidates)) {
			const use = await run();
			if (round >= 0) uses[name]?.push(use);
		}
	}
	return Object.fromEntries(
		Object.entries(uses).map(([name, list]) => [
			name,
			{ wallMs: median(list.map((use) => use.wallMs)), peakMb: Math.max(...list.map((use) => use.peakMb)) },
		]),
	);
}

async function againstFloor(): Promise<string> {
	const full = await benchSlide(20_000, { tissue: 'everywhere' });
	const half = await benchSlide(20_000, { tissue: 'half' });
	const peer = buildOpenSlideReader();
	const uses = await inTurn(
		{
			'parfocal scan, all outputs': () => scan(full),
			'our decoding alone (luma, as the default model needs)': () => decodeOnly(full, 'luma'),
			'our decoding alone (all planes)': () => decodeOnly(full, 'all'),
			'parfocal scan, half of the slide glass': () => scan(half),
			...(peer ? { 'OpenSlide reading alone, 2 threads': () => measureProcess(peer, [full, WORKERS], [0]) } : {}),
		},
		REPEATS,
	);
	const scanMs = uses['parfocal scan, all outputs']!.wallMs;
	const rows = Object.entries(uses).map(([name, { wallMs, peakMb }]) => [
		name,
		wallMs.toFixed(0),
		(scanMs / wallMs).toFixed(2),
		peakMb.toFixed(0),
	]);
	return table(['20000 x 20000 px, 4:2:0 q80', 'median wall ms', 'scan / this', 'peak memory MB'], rows);
}

async function bySize(): Promise<string> {
	const rows: string[][] = [];
	for (const sidePx of [5_000, 10_000, 20_000, 40_000]) {
		const slide = await benchSlide(sidePx, { tissue: 'everywhere' });
		const uses = await inTurn({ scan: () => scan(slide), floor: () => decodeOnly(slide, 'luma') }, 3);
		const { wallMs, peakMb } = uses['scan']!;
		const megapixels = sidePx ** 2 / 1e6;
		rows.push([
			`${sidePx}`,
			wallMs.toFixed(0),
			(wallMs / megapixels).toFixed(2),
			(wallMs / uses['floor']!.wallMs).toFixed(2),
			peakMb.toFixed(0),
		]);
	}
	return table(['side px', 'median wall ms', 'ms / megapixel', 'x decoding alone', 'peak memory MB'], rows);
}

export async function run(): Promise<string> {
	mkdirSync(cache, { recursive: true });
	const sections = [await againstFloor(), await bySize()];
	rmSync(`${cache}out`, { recursive: true, force: true });
	return `# Scan

${machine()} Build first: \`npm run build\`. Whole processes, start-up included, ${WORKERS} workers, default model, tissue
everywhere unless said otherwise; simulated (phantom) slides, see \`bench/slides\`.

## Against the floor and a peer

${sections[0]}

## Against size

${sections[1]}
`;
}
