/**
 * Convolution with low-rank kernels in WebAssembly SIMD. See `packages/lab/kernels/separable.ts`.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import { wasmBase64 } from '../recipes/kernels.gen.ts';
import type { LowRankKernel } from './low-rank.ts';
import { createRaster, type Raster } from './raster.ts';

interface SeparableKernels {
	readonly memory: WebAssembly.Memory;
	alloc(bytes: number): number;
	convolveSeparable(
		source: number,
		sourceStride: number,
		channels: number,
		between: number,
		target: number,
		width: number,
		height: number,
		profile: number,
		half: number,
		weight: number,
	): void;
}

/** Values that the kernel handles at a time; it reads as many past the end. */
const BLOCK = 8;

let kernels: SeparableKernels | undefined;
let room = { pointer: 0, floats: 0 };

/** The source convolved with a kernel, over a rectangle; the source must reach `kernel.halfPx` further on every side. */
export function convolve(source: Raster, rect: RectPx, kernel: LowRankKernel): Raster {
	const half = kernel.halfPx;
	const width = Math.ceil((3 * rect.widthPx) / BLOCK) * BLOCK;
	const stride = 3 * (rect.widthPx + 2 * half);
	const rows = rect.heightPx + 2 * half;
	const sizes = [stride * rows + 2 * BLOCK, width * rows + BLOCK, width * rect.heightPx + BLOCK, half + 1 + BLOCK];
	const wasm = kernels ?? instantiate();
	const offsets = place(wasm, sizes);
	const floats = new Float32Array(wasm.memory.buffer);
	const [from, between, to, profile] = offsets as [number, number, number, number];
	copyRows(
		source,
		{ x: rect.x - half, y: rect.y - half, widthPx: rect.widthPx + 2 * half, heightPx: rows },
		floats,
		from,
	);
	floats.fill(0, to, to + width * rect.heightPx);
	const centre = from + half * stride + 3 * half;
	for (const term of kernel.terms) {
		floats.set(term.profile, profile);
		wasm.convolveSeparable(
			4 * centre,
			stride,
			3,
			4 * between,
			4 * to,
			width,
			rect.heightPx,
			4 * profile,
			half,
			term.weight,
		);
	}
	const out = createRaster(rect);
	for (let y = 0; y < rect.heightPx; y++) {
		const row = to + y * width;
		out.data.set(floats.subarray(row, row + 3 * rect.widthPx), y * 3 * rect.widthPx);
	}
	return out;
}

function copyRows(source: Raster, rect: RectPx, floats: Float32Array, at: number): void {
	const stride = 3 * source.rect.widthPx;
	const width = 3 * rect.widthPx;
	for (let y = 0; y < rect.heightPx; y++) {
		const row = (rect.y + y - source.rect.y) * stride + 3 * (rect.x - source.rect.x);
		floats.set(source.data.subarray(row, row + width), at + y * width);
	}
}

function instantiate(): SeparableKernels {
	const module = new WebAssembly.Module(Uint8Array.from(Buffer.from(wasmBase64, 'base64')));
	kernels = new WebAssembly.Instance(module).exports as unknown as SeparableKernels;
	return kernels;
}

/** Places arrays one after another in the thread's room, in floats from the start of memory. The room at least doubles. */
function place(wasm: SeparableKernels, sizes: readonly number[]): number[] {
	const total = sizes.reduce((sum, size) => sum + size, 0);
	if (total > room.floats) {
		const floats = Math.max(total, 2 * room.floats);
		room = { pointer: Math.ceil(wasm.alloc(4 * floats + 16) / 16) * 16, floats };
	}
	let at = room.pointer / 4;
	return sizes.map((size) => {
		at += size;
		return at - size;
	});
}
