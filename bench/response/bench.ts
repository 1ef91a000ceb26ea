/** What FocusLiteNN's responses cost, beside plain JavaScript and PyTorch. See README.md. */
import {
	CELL_PX,
	createCellGrid,
	createFocusLiteNN,
	type FocusLiteNNDefinition,
	featureCount,
	type Pixels,
	type Plane,
	type Pooling,
	type RgbImage,
} from '@parfocal/core';
import { sharedKernels } from '../../packages/core/src/kernels/kernels.ts';
import { type Candidate, interleave, machine, type Timing, table } from '../harness.ts';
import { plainExact, plainFast } from './plain.ts';
import { startTorch } from './torch-process.ts';

const SIDE = 1024;
const REPEATS = 41;
const WARM_UPS = 8;

const random = linearCongruential(1);
const rgb: RgbImage = {
	layout: 'rgb',
	widthPx: SIDE,
	heightPx: SIDE,
	data: Uint8Array.from({ length: 3 * SIDE * SIDE }, () => 256 * random()),
};

function linearCongruential(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

function definition(kernels: number, pooling: Pooling, planes: 'all' | 'luma' = 'all'): FocusLiteNNDefinition {
	const next = linearCongruential(kernels);
	const fill = (length: number): Float32Array => Float32Array.from({ length }, () => (next() - 0.5) / 5);
	const features = featureCount(pooling, kernels);
	return {
		kind: 'focuslitenn',
		name: 'bench',
		sha256: '',
		licence: '',
		origin: '',
		planes,
		pooling,
		kernels,
		convWeight: fill(kernels * (planes === 'luma' ? 1 : 3) * 49),
		convBias: fill(kernels),
		head: features === 1 ? [] : [{ inputs: features, outputs: 1, weight: fill(features), bias: fill(1) }],
		paddingPx: 1,
		clampAtZero: false,
		unit: 'score',
	};
}

function exact(name: string, model: FocusLiteNNDefinition): Candidate {
	const { scoreWindows } = createFocusLiteNN(model);
	return { name, run: () => void scoreWindows(rgb) };
}

function fast(name: string, model: FocusLiteNNDefinition, tile: () => Pixels): Candidate {
	const { cells } = createFocusLiteNN(model);
	const grid = createCellGrid(0, 0, SIDE / CELL_PX, SIDE / CELL_PX, model.kernels);
	return { name, run: () => void cells!.measure(tile(), 0, 0, grid) };
}

/** Tiles in the kernels' own memory, as a decoder leaves them. Views are made anew: that memory may grow. */
function tilesInPlace(): { rgb(): Pixels; grey(): Pixels; ycbcr420(): Pixels } {
	const wasm = sharedKernels();
	const pointer = wasm.alloc(rgb.data.length + 64);
	new Uint8Array(wasm.memory.buffer, pointer, rgb.data.length).set(rgb.data);
	const bytes = (offset: number, length: number) => new Uint8Array(wasm.memory.buffer, pointer + offset, length);
	const plane = (offset: number, side: number): Plane => ({
		data: bytes(offset, side * side),
		widthPx: side,
		heightPx: side,
		strideBytes: side,
	});
	const size = { layout: 'planes' as const, widthPx: SIDE, heightPx: SIDE };
	const half = SIDE / 2;
	const luma = SIDE * SIDE;
	return {
		rgb: () => ({ ...rgb, data: bytes(0, rgb.data.length) }),
		grey: () => ({ ...size, colour: 'grey', planes: [plane(0, SIDE)] }),
		ycbcr420: () => ({
			...size,
			colour: 'ycbcr',
			planes: [plane(0, SIDE), plane(luma, half), plane(luma + half * half, half)],
		}),
	};
}

/** Times everything and says it in Markdown. */
export async function run(): Promise<string> {
	const torch = await startTorch();
	const weights = Float64Array.from({ length: 147 }, () => random() - 0.5);
	const inPlace = tilesInPlace();
	const torchCase = (name: string, kernels: number): Candidate[] =>
		torch === undefined ? [] : [{ name: `PyTorch, ${name}, ${kernels} k`, run: () => torch.time(name, kernels) }];
	const ours1 = 'ours, exact, 1 kernel';
	const ours10 = 'ours, exact, 10 kernels';
	const oursFast = 'ours, fast, RGB, 1 kernel';
	const exactTimings = await interleave(
		[
			exact(ours1, definition(1, 'min')),
			exact(ours10, definition(10, 'min')),
			exact('ours, exact, 1 kernel on luma', definition(1, 'min', 'luma')),
			exact('ours, exact, 4 kernels on luma, energies', definition(4, 'energy', 'luma')),
			{ name: 'plain JavaScript, exact, 1 kernel', run: () => void plainExact(rgb, weights, 0) },
			...torchCase('strided', 1),
			...torchCase('strided', 10),
			...torchCase('crop-by-crop', 1),
			...torchCase('crop-by-crop', 10),
		],
		REPEATS,
		WARM_UPS,
	);
	const fastTimings = await interleave(
		[
			fast(oursFast, definition(1, 'min'), () => rgb),
			fast('ours, fast, RGB in place, 1 kernel', definition(1, 'min'), inPlace.rgb),
			fast('ours, fast, luma in place, 1 kernel', definition(1, 'energy', 'luma'), inPlace.grey),
			fast('ours, fast, luma in place, 4 kernels', definition(4, 'energy', 'luma'), inPlace.grey),
			fast('ours, fast, luma in place, 10 kernels', definition(10, 'energy', 'luma'), inPlace.grey),
			fast('ours, fast, YCbCr 4:2:0 in place, 1 kernel', definition(1, 'min'), inPlace.ycbcr420),
			fast('ours, fast, YCbCr 4:2:0 in place, 4 kernels', definition(4, 'energy'), inPlace.ycbcr420),
			{ name: 'plain JavaScript, whole picture, 1 kernel', run: () => void plainFast(rgb, weights) },
			...torchCase('whole', 1),
		],
		REPEATS,
		WARM_UPS,
	);
	torch?.close();
	const peer = torch === undefined ? 'PyTorch was left out: no python3 with torch here.' : `PyTorch ${torch.version}.`;
	return `# Responses

${machine()} ${peer}
1024 x 1024 px, one thread, ${REPEATS} turns each.

## Exact: 49 crops

${rows(exactTimings, ours1)}

## Fast: the whole picture once

${rows(fastTimings, oursFast)}
`;
}

function rows(timings: readonly Timing[], reference: string): string {
	const base = timings.find(({ name }) => name === reference)!;
	return table(
		['', 'median ms', 'minimum ms', `x ${reference}`],
		timings.map(({ name, medianMs, minimumMs }) => [
			name,
			medianMs.toFixed(2),
			minimumMs.toFixed(2),
			(medianMs / base.medianMs).toFixed(1),
		]),
	);
}

if (import.meta.main) console.log(await run());
