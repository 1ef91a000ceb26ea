/** Every metric on one picture, beside the same computation in Octave. See README.md. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { METRICS, type Metric, type RgbImage } from '@parfocal/core';
import { FQPATH_WEIGHTS } from '../../packages/core/src/metrics/fqpath/fqpath.ts';
import { HVS_FILTERS } from '../../packages/core/src/metrics/hvs-maxpol/hvs-maxpol.ts';
import {
	derivativeSum,
	generalisedGaussian,
	inverseBlurCoefficients,
} from '../../packages/core/src/metrics/maxpol/inverse-blur.ts';
import { staggeredDerivative } from '../../packages/core/src/metrics/maxpol/maxpol.ts';
import { interleave, machine, table } from '../harness.ts';

const SIDE = 1024;
const REPEATS = 9;
const OCTAVE_REPEATS = 3;
const SCRIPT = fileURLToPath(new URL('metrics.m', import.meta.url));

/** Rings, stripes and noise of several sizes, in colour: edges everywhere, no flat region. */
function texture(): RgbImage {
	let state = 1;
	const noise = (): number => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
	const data = new Uint8Array(3 * SIDE * SIDE);
	for (let i = 0; i < data.length; i++) {
		const pixel = Math.floor(i / 3);
		const x = pixel % SIDE;
		const y = Math.floor(pixel / SIDE);
		const shape = Math.sin((x * x) / 4000 + y / 9) + Math.sin((x * y) / 900 + (i % 3));
		data[i] = 128 + 45 * shape + 20 * (noise() - 0.5);
	}
	return { layout: 'rgb', widthPx: SIDE, heightPx: SIDE, data };
}

/** Times everything and says it in Markdown. */
export async function run(): Promise<string> {
	const picture = texture();
	const octave = startOctave(picture);
	try {
		const ours = await interleave(
			METRICS.map((metric) => ({ name: metric.name, run: () => void metric.score(picture) })),
			REPEATS,
		);
		const theirs = octave
			? await interleave(
					METRICS.map(({ name }) => ({ name, run: () => octave.run(name).ms })),
					OCTAVE_REPEATS,
					0,
				)
			: [];
		const rows = METRICS.map((metric, i) => row(metric, picture, ours[i]!.medianMs, theirs[i]?.medianMs, octave));
		const peer = octave ? `${octave.version}.` : 'Octave was left out: there is no `octave` command here.';
		return `# Metrics

${machine()} ${peer}
${SIDE} x ${SIDE} px in colour, one thread. Ours: median of ${REPEATS} turns; Octave: median of ${OCTAVE_REPEATS}.

${table(['metric', 'ours, ms', 'Octave, ms', 'Octave / ours', 'scores differ by'], rows)}
`;
	} finally {
		octave?.close();
	}
}

function row(metric: Metric, picture: RgbImage, ours: number, theirs: number | undefined, octave?: Octave): string[] {
	const name = metric.title;
	if (octave === undefined || theirs === undefined) return [name, ours.toFixed(1), '–', '–', '–'];
	const difference = Math.abs(metric.score(picture) / octave.run(metric.name).score - 1);
	return [name, ours.toFixed(1), theirs.toFixed(0), (theirs / ours).toFixed(1), difference.toExponential(0)];
}

interface Octave {
	readonly version: string;
	/** One fresh process; the time is that of the computation alone, as the script takes it. */
	run(metric: string): { readonly ms: number; readonly score: number };
	close(): void;
}

/** Writes down what the script needs. Undefined, with a message, where Octave is missing. */
function startOctave(picture: RgbImage): Octave | undefined {
	let version: string;
	try {
		version = execFileSync('octave', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(
			'\n',
		)[0]!;
	} catch {
		console.error('Octave is not installed: only our own times are taken.');
		return undefined;
	}
	const folder = mkdtempSync(join(tmpdir(), 'parfocal-bench-metrics-'));
	writeFileSync(join(folder, 'picture.raw'), picture.data);
	const [first, second] = HVS_FILTERS.map(({ sigma, shape, cutoff }) =>
		derivativeSum(inverseBlurCoefficients(sigma, shape), cutoff),
	);
	const taps = {
		low: generalisedGaussian(2, 1.5, 16),
		fqpath: derivativeSum(FQPATH_WEIGHTS, 24),
		hvs1: first!,
		hvs2: second!,
		first: staggeredDerivative(1, 8),
		third: staggeredDerivative(3, 8),
	};
	for (const [name, values] of Object.entries(taps)) writeFileSync(join(folder, `${name}.txt`), values.join('\n'));
	return {
		version,
		run(metric) {
			const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
			const args = ['--no-gui', '--norc', '--quiet', SCRIPT, folder, String(SIDE), metric];
			const [ms, score] = execFileSync('octave', args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] })
				.trim()
				.split(' ')
				.map(Number);
			return { ms: ms!, score: score! };
		},
		close: () => rmSync(folder, { recursive: true }),
	};
}

if (import.meta.main) console.log(await run());
