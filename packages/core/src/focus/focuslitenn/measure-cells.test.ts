import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../../errors.ts';
import type { Pixels, PlanarImage } from '../../image/pixels.ts';
import { sharedKernels } from '../../kernels/kernels.ts';
import { CELL_PX, type CellGrid, createCellGrid, STATISTICS_PER_KERNEL } from '../cells.ts';
import { type FocusLiteNNDefinition, KERNEL_TAPS, RESPONSE_STRIDE_PX } from './definition.ts';
import { createCellMeter } from './measure-cells.ts';
import {
	lumaSampler,
	noisePlanes,
	plainResponse,
	plainStatistics,
	planesSampler,
	rgbSampler,
	type Sampler,
	stripedImage,
	syntheticDefinition,
} from './testing/synthetic.ts';

/** What 16-bit weights may change in one response, a hundredth of a per cent of the largest. */
const RESPONSE_TOLERANCE = 2e-4;

/** The cells of a tile, computed plainly. */
function plainCells(
	definition: FocusLiteNNDefinition,
	sample: Sampler,
	tile: { readonly widthPx: number; readonly heightPx: number },
	xPx: number,
	yPx: number,
	grid: CellGrid,
): number[][] {
	const cells = Array.from({ length: grid.columns * grid.rows * grid.kernels }, (): number[] => []);
	for (let y = 0; y + KERNEL_TAPS <= tile.heightPx; y++) {
		if ((y + yPx) % RESPONSE_STRIDE_PX !== 0) continue;
		for (let x = 0; x + KERNEL_TAPS <= tile.widthPx; x++) {
			if ((x + xPx) % RESPONSE_STRIDE_PX !== 0) continue;
			const column = Math.floor((x + xPx + 3) / CELL_PX) - grid.originColumn;
			const row = Math.floor((y + yPx + 3) / CELL_PX) - grid.originRow;
			if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) continue;
			for (let kernel = 0; kernel < grid.kernels; kernel++) {
				cells[(row * grid.columns + column) * grid.kernels + kernel]!.push(
					plainResponse(definition, sample, kernel, x, y),
				);
			}
		}
	}
	return cells.map(plainStatistics);
}

function expectCells(grid: CellGrid, expected: readonly (readonly number[])[]): void {
	expected.forEach(([count, minimum, maximum, ...sums], cell) => {
		const at = cell * STATISTICS_PER_KERNEL;
		const found = grid.data.subarray(at, at + STATISTICS_PER_KERNEL);
		expect(found[0]).toBe(count);
		if (count === 0) {
			expect([found[1], found[2]]).toEqual([minimum, maximum]);
			return;
		}
		const largest = Math.max(Math.abs(minimum!), Math.abs(maximum!));
		const tolerances = [1, 1, 2 * largest].map((slope) => slope * count! * RESPONSE_TOLERANCE);
		expect(Math.abs(found[1]! - minimum!), `minimum of ${cell}`).toBeLessThan(RESPONSE_TOLERANCE);
		expect(Math.abs(found[2]! - maximum!), `maximum of ${cell}`).toBeLessThan(RESPONSE_TOLERANCE);
		sums.forEach((sum, index) => {
			expect(Math.abs(found[3 + index]! - sum), `sum ${index} of ${cell}`).toBeLessThan(tolerances[index]!);
		});
	});
}

function gridFor(xPx: number, yPx: number, tile: { widthPx: number; heightPx: number }, kernels: number): CellGrid {
	const column = Math.floor(xPx / CELL_PX);
	const row = Math.floor(yPx / CELL_PX);
	const columns = Math.floor((xPx + tile.widthPx - 1) / CELL_PX) - column + 1;
	const rows = Math.floor((yPx + tile.heightPx - 1) / CELL_PX) - row + 1;
	return createCellGrid(column, row, columns, rows, kernels);
}

function measured(definition: FocusLiteNNDefinition, tile: Pixels, xPx: number, yPx: number): CellGrid {
	const grid = gridFor(xPx, yPx, tile, definition.kernels);
	createCellMeter(definition)(tile, xPx, yPx, grid);
	return grid;
}

describe('cells equal those computed plainly', () => {
	const [xPx, yPx] = [131, 58];

	test.each([1, 2, 3, 4, 5, 8, 10])('RGB, %i kernels', (kernels) => {
		const definition = syntheticDefinition({ kernels });
		const tile = stripedImage(150, 141, 5, 11);
		const grid = measured(definition, tile, xPx, yPx);
		expectCells(grid, plainCells(definition, rgbSampler(tile), tile, xPx, yPx, grid));
	});

	test.each([1, 4, 7])('grey tile, luma model of %i kernels', (kernels) => {
		const definition = syntheticDefinition({ kernels, planes: 'luma' });
		const tile = noisePlanes('grey', 133, 150, 1, 1, 9);
		const grid = measured(definition, tile, xPx, yPx);
		expectCells(grid, plainCells(definition, planesSampler(tile), tile, xPx, yPx, grid));
	});

	test('grey tile, RGB model: all channels are the grey', () => {
		const definition = syntheticDefinition({ kernels: 2 });
		const tile = noisePlanes('grey', 80, 80);
		const grid = measured(definition, tile, 0, 0);
		expectCells(grid, plainCells(definition, planesSampler(tile), tile, 0, 0, grid));
	});

	test.each([0, 5])('RGB planes with %i spare bytes a row', (spare) => {
		const definition = syntheticDefinition({ kernels: 4 });
		const tile = noisePlanes('rgb', 101, 97, 1, 1, spare);
		const grid = measured(definition, tile, xPx, yPx);
		expectCells(grid, plainCells(definition, planesSampler(tile), tile, xPx, yPx, grid));
	});

	test.each([
		[1, 1],
		[2, 1],
		[1, 2],
		[2, 2],
		[4, 1],
		[4, 2],
		[1, 4],
		[4, 4],
	])('YCbCr, chroma 1/%i by 1/%i, one and four kernels', (chromaX, chromaY) => {
		for (const kernels of [1, 4, 6]) {
			const definition = syntheticDefinition({ kernels });
			const tile = noisePlanes('ycbcr', 143, 136, chromaX, chromaY);
			for (const [x, y] of [
				[0, 0],
				[67, 129],
			] as const) {
				const grid = measured(definition, tile, x, y);
				expectCells(grid, plainCells(definition, planesSampler(tile), tile, x, y, grid));
			}
		}
	});

	test('luma model on YCbCr looks at Y only', () => {
		const definition = syntheticDefinition({ kernels: 4, planes: 'luma' });
		const tile = noisePlanes('ycbcr', 128, 128, 2, 2);
		const withoutChroma: PlanarImage = { ...tile, colour: 'grey', planes: tile.planes.slice(0, 1) };
		expect(measured(definition, tile, 64, 0).data).toEqual(measured(definition, withoutChroma, 64, 0).data);
	});

	test('luma model on RGB, interleaved and in planes, sees rounded luma', () => {
		const definition = syntheticDefinition({ kernels: 4, planes: 'luma' });
		const tile = stripedImage(139, 127, 3, 9);
		const planes = [0, 1, 2].map((channel) => ({
			data: Uint8Array.from({ length: 139 * 127 }, (_, i) => tile.data[3 * i + channel]!),
			widthPx: 139,
			heightPx: 127,
			strideBytes: 139,
		}));
		const planar: PlanarImage = { layout: 'planes', colour: 'rgb', widthPx: 139, heightPx: 127, planes };
		const grid = measured(definition, tile, xPx, yPx);
		expectCells(grid, plainCells(definition, lumaSampler(rgbSampler(tile)), tile, xPx, yPx, grid));
		expect(measured(definition, planar, xPx, yPx).data).toEqual(grid.data);
	});

	test('any position, size and number of kernels', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 140 }),
				fc.integer({ min: 1, max: 140 }),
				fc.nat(10_000),
				fc.nat(10_000),
				fc.integer({ min: 1, max: 5 }),
				(widthPx, heightPx, x, y, kernels) => {
					const definition = syntheticDefinition({ kernels, planes: 'luma' });
					const tile = noisePlanes('grey', widthPx, heightPx);
					const grid = measured(definition, tile, x, y);
					expectCells(grid, plainCells(definition, planesSampler(tile), tile, x, y, grid));
				},
			),
			{ numRuns: 30 },
		);
	});
});

describe('where windows go', () => {
	test('a tile smaller than a window leaves the grid empty', () => {
		const grid = measured(syntheticDefinition(), stripedImage(6, 200, 1, 5), 0, 0);
		expect(grid.data).toEqual(createCellGrid(0, 0, grid.columns, grid.rows, 1).data);
	});

	test('cells outside the grid are left out', () => {
		const definition = syntheticDefinition({ kernels: 2 });
		const tile = stripedImage(256, 256, 1, 5);
		const whole = measured(definition, tile, 64, 64);
		const middle = createCellGrid(2, 2, 2, 1, 2);
		createCellMeter(definition)(tile, 64, 64, middle);
		const numbers = 2 * STATISTICS_PER_KERNEL;
		const from = (1 * whole.columns + 1) * numbers;
		expect(middle.data).toEqual(whole.data.slice(from, from + 2 * numbers));
		const away = createCellGrid(100, 100, 2, 2, 2);
		createCellMeter(definition)(tile, 64, 64, away);
		expect(away.data[0]).toBe(0);
	});

	test('cutting a picture into tiles changes only cells whose windows cross the cuts', () => {
		const definition = syntheticDefinition({ kernels: 4, planes: 'luma' });
		const picture = noisePlanes('grey', 512, 320);
		const plane = picture.planes[0]!;
		const whole = measured(definition, picture, 0, 0);
		const meter = createCellMeter(definition);
		const pieces = createCellGrid(0, 0, whole.columns, whole.rows, 4);
		for (let x = 0; x < 512; x += 256) {
			const data = plane.data.subarray(x);
			const tile = { ...picture, widthPx: 256, planes: [{ ...plane, data, widthPx: 256 }] };
			meter(tile, x, 0, pieces);
		}
		const numbers = 4 * STATISTICS_PER_KERNEL;
		for (let cell = 0; cell < whole.columns * whole.rows; cell++) {
			const column = cell % whole.columns;
			const a = whole.data.subarray(cell * numbers, (cell + 1) * numbers);
			const b = pieces.data.subarray(cell * numbers, (cell + 1) * numbers);
			if (column === 3 || column === 4) expect(b[0]!).toBeGreaterThan(0.8 * a[0]!);
			else expect(b).toEqual(a);
		}
	});

	test('a window crossing a cut is measured in neither tile', () => {
		const definition = syntheticDefinition({ planes: 'luma' });
		const grid = createCellGrid(0, 0, 2, 1, 1);
		const meter = createCellMeter(definition);
		meter(noisePlanes('grey', 64, 64), 0, 0, grid);
		meter(noisePlanes('grey', 64, 64), 64, 0, grid);
		// Corners 0..55 in the first (12), 65..120 in the second (12), rows 0..55 (12).
		expect(grid.data[0]).toBe(144);
		expect(grid.data[STATISTICS_PER_KERNEL]).toBe(144);
	});
});

describe('memory', () => {
	test('planes that already lie in the kernels’ memory give the same bytes', () => {
		const definition = syntheticDefinition({ kernels: 4 });
		const tile = noisePlanes('ycbcr', 200, 180, 2, 2, 8);
		const expected = measured(definition, tile, 30, 40);
		const wasm = sharedKernels();
		const total = tile.planes.reduce((sum, { data }) => sum + data.length, 0);
		const pointer = wasm.alloc(total + 64);
		let next = pointer;
		const planes = tile.planes.map((plane) => {
			const view = new Uint8Array(wasm.memory.buffer, next, plane.data.length);
			view.set(plane.data);
			next += plane.data.length;
			return { ...plane, data: view };
		});
		expect(measured(definition, { ...tile, planes }, 30, 40).data).toEqual(expected.data);
		wasm.free(pointer);
	});

	test.each(['rgb', 'ycbcr'] as const)('%s planes in that memory with unlike strides are copied', (colour) => {
		const definition = syntheticDefinition({ kernels: 2 });
		const tile = noisePlanes(colour, 200, 180);
		const expected = measured(definition, tile, 30, 40);
		const wasm = sharedKernels();
		const pointers: number[] = [];
		const planes = tile.planes.map((plane, index) => {
			const strideBytes = plane.widthPx + 3 * index;
			const pointer = wasm.alloc(strideBytes * plane.heightPx + 64);
			pointers.push(pointer);
			return { ...plane, pointer, strideBytes };
		});
		const placed = planes.map(({ pointer, strideBytes, ...plane }) => {
			const data = new Uint8Array(wasm.memory.buffer, pointer, strideBytes * plane.heightPx);
			for (let y = 0; y < plane.heightPx; y++) {
				data.set(plane.data.subarray(y * plane.widthPx, (y + 1) * plane.widthPx), y * strideBytes);
			}
			return { ...plane, data, strideBytes };
		});
		expect(measured(definition, { ...tile, planes: placed }, 30, 40).data).toEqual(expected.data);
		for (const pointer of pointers) wasm.free(pointer);
	});

	test('planes larger than the tile are measured where the tile is', () => {
		const definition = syntheticDefinition({ kernels: 2 });
		const tile = noisePlanes('rgb', 120, 100);
		const [red, green, blue] = tile.planes;
		const wider = { ...green!, widthPx: 133, strideBytes: 133, data: new Uint8Array(133 * 100) };
		for (let y = 0; y < 100; y++) wider.data.set(green!.data.subarray(120 * y, 120 * (y + 1)), 133 * y);
		const mixed = { ...tile, planes: [red!, wider, blue!] };
		expect(measured(definition, mixed, 0, 0).data).toEqual(measured(definition, tile, 0, 0).data);
	});

	test('planes in that memory survive its growing during the measurement', () => {
		const definition = syntheticDefinition({ kernels: 1, planes: 'luma' });
		const tile = stripedImage(3000, 1200, 2, 13);
		const expected = measured(definition, tile, 0, 0);
		const wasm = sharedKernels();
		const pointer = wasm.alloc(tile.data.length + 64);
		const data = new Uint8Array(wasm.memory.buffer, pointer, tile.data.length);
		data.set(tile.data);
		const grid = gridFor(0, 0, tile, 1);
		createCellMeter(definition)({ ...tile, data }, 0, 0, grid);
		expect(grid.data).toEqual(expected.data);
		wasm.free(pointer);
	});

	test('a picture too large to copy at once is measured in strips with the same result', () => {
		const definition = syntheticDefinition({ planes: 'luma' });
		const [widthPx, heightPx] = [4200, 4200];
		const random = Uint8Array.from({ length: 4099 }, (_, i) => (i * i * 31) % 251);
		const data = new Uint8Array(widthPx * heightPx);
		for (let at = 0; at < data.length; at += random.length) {
			data.set(random.subarray(0, Math.min(random.length, data.length - at)), at);
		}
		const plane = { data, widthPx, heightPx, strideBytes: widthPx };
		const picture: PlanarImage = { layout: 'planes', colour: 'grey', widthPx, heightPx, planes: [plane] };
		const grid = measured(definition, picture, 0, 0);
		const count = (cells: CellGrid) =>
			cells.data.reduce((sum, value, i) => (i % STATISTICS_PER_KERNEL === 0 ? sum + value : sum), 0);
		expect(count(grid)).toBe((Math.floor((4200 - 7) / 5) + 1) ** 2);
		const corner = plane.data.subarray(4096 * widthPx + 4096);
		const last = {
			...picture,
			widthPx: 104,
			heightPx: 104,
			planes: [{ ...plane, data: corner, widthPx: 104, heightPx: 104 }],
		};
		const alone = createCellGrid(65, 65, 1, 1, 1);
		createCellMeter(definition)(last, 4096, 4096, alone);
		const at = (65 * grid.columns + 65) * STATISTICS_PER_KERNEL;
		expect(grid.data.slice(at, at + STATISTICS_PER_KERNEL)).toEqual(alone.data);
	});
});

describe('how far folded colour is from real RGB', () => {
	test('colours that JPEG cuts off and rounds change mean energies by less than a per cent', () => {
		const definition = syntheticDefinition({ kernels: 4 });
		const image = stripedImage(256, 256, 4, 40);
		// RGB to YCbCr 4:2:0 with averaged chroma, rounded to bytes.
		const channel = (x: number, y: number, c: number) => image.data[3 * (y * 256 + x) + c]!;
		const ycc = (x: number, y: number): [number, number, number] => {
			const [r, g, b] = [channel(x, y, 0), channel(x, y, 1), channel(x, y, 2)];
			const luma = 0.299 * r + 0.587 * g + 0.114 * b;
			return [luma, 128 + (b - luma) / 1.772, 128 + (r - luma) / 1.402];
		};
		const luma = Uint8Array.from({ length: 256 * 256 }, (_, i) => Math.round(ycc(i % 256, i >> 8)[0]));
		const chroma = [1, 2].map((c) =>
			Uint8Array.from({ length: 128 * 128 }, (_, i) => {
				const [x, y] = [2 * (i % 128), 2 * (i >> 7)];
				const four = [ycc(x, y), ycc(x + 1, y), ycc(x, y + 1), ycc(x + 1, y + 1)];
				return Math.round(four.reduce((sum, pixel) => sum + pixel[c]!, 0) / 4);
			}),
		);
		const small = (data: Uint8Array) => ({ data, widthPx: 128, heightPx: 128, strideBytes: 128 });
		const tile: PlanarImage = {
			layout: 'planes',
			colour: 'ycbcr',
			widthPx: 256,
			heightPx: 256,
			planes: [{ data: luma, widthPx: 256, heightPx: 256, strideBytes: 256 }, ...chroma.map(small)],
		};
		// What a decoder with nearest upsampling would show.
		const sample = planesSampler(tile);
		const shown = Uint8Array.from(image.data, (_, i) =>
			Math.min(255, Math.max(0, Math.round(sample(i % 3, Math.floor(i / 3) % 256, Math.floor(i / 768))))),
		);
		const folded = measured(definition, tile, 0, 0);
		const real = measured(definition, { ...image, data: shown }, 0, 0);
		for (let i = 0; i < real.data.length; i += STATISTICS_PER_KERNEL) {
			expect(Math.abs(folded.data[i + 5]! / real.data[i + 5]! - 1)).toBeLessThan(0.01);
			expect(Math.abs(folded.data[i + 1]! - real.data[i + 1]!)).toBeLessThan(0.02);
		}
	});
});

describe('tiles that cannot be measured', () => {
	const meter = createCellMeter(syntheticDefinition());
	const grid = createCellGrid(0, 0, 2, 2, 1);
	const good = noisePlanes('ycbcr', 64, 64, 2, 2);
	const [luma, cb, cr] = good.planes as [(typeof good.planes)[0], (typeof good.planes)[0], (typeof good.planes)[0]];

	test('into a grid for another number of kernels', () => {
		expect(() => meter(good, 0, 0, createCellGrid(0, 0, 2, 2, 4))).toThrow(/4 kernels cannot take the 1/);
	});

	test.each<[string, Pixels]>([
		['a plane is missing', { ...good, planes: [luma, cb] }],
		['a plane is shorter than it says', { ...good, planes: [{ ...luma, data: luma.data.subarray(1) }, cb, cr] }],
		['rows overlap', { ...good, planes: [{ ...luma, strideBytes: 10 }, cb, cr] }],
		['luma is smaller than the tile', { ...good, planes: [cb, cb, cr] }],
		['chroma has an odd resolution', { ...good, planes: [luma, { ...cb, widthPx: 9 }, { ...cr, widthPx: 9 }] }],
		['interleaved data are cut off', { layout: 'rgb', widthPx: 64, heightPx: 64, data: new Uint8Array(9) }],
	])('%s', (_, tile) => {
		expect(() => meter(tile, 0, 0, grid)).toThrow(ArgumentError);
	});
});
