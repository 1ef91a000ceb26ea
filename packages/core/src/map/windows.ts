/**
 * Exact scores of many windows. Windows overlap, so they are read in blocks: each block's pixels are assembled once and
 * scored in one go.
 * @module
 */
import type { RectPx } from '../image/pixels.ts';
import type { Slide } from '../slide/slide.ts';
import type { UnreadableTile, WindowMeasurement, WindowOrigin, WindowRequest } from './measure.ts';
import { asUnreadable, overlaps, tileRect, tilesUnder, turns } from './reading.ts';

/** Windows a side in a block: 2155 px for the published 235 px windows every 128, so a tile is decoded 1.2 times. */
const BLOCK_WINDOWS = 16;

/** A window and where its score goes. */
interface Asked extends WindowOrigin {
	readonly index: number;
}

/** See `Measurer.windows`. Windows must lie within level 0. */
export async function measureWindows(request: WindowRequest): Promise<WindowMeasurement> {
	const { windows, model, signal, onProgress } = request;
	const scores = new Float32Array(windows.length).fill(Number.NaN);
	const unreadable = new Map<string, UnreadableTile>();
	const turn = turns(signal);
	let done = 0;
	for (const block of blocksOf(windows, model.stridePx)) {
		await scoreBlock(block, request, scores, unreadable);
		done += block.length;
		onProgress?.(done, windows.length);
		await turn();
	}
	return { scores, unreadable: [...unreadable.values()] };
}

/** Windows of one block lie on one lattice of the model's stride, so one call scores them all. */
function blocksOf(windows: readonly WindowOrigin[], stridePx: number): Asked[][] {
	const sidePx = BLOCK_WINDOWS * stridePx;
	const blocks = new Map<string, Asked[]>();
	for (const [index, { x, y }] of windows.entries()) {
		const block = [Math.floor(y / sidePx), Math.floor(x / sidePx), x % stridePx, y % stridePx].join();
		const list = blocks.get(block);
		if (list) list.push({ x, y, index });
		else blocks.set(block, [{ x, y, index }]);
	}
	return [...blocks.values()];
}

async function scoreBlock(
	block: readonly Asked[],
	{ slide, model, signal }: WindowRequest,
	scores: Float32Array,
	unreadable: Map<string, UnreadableTile>,
): Promise<void> {
	const rect = boundsOf(block, model.windowPx);
	const options = signal ? { signal } : {};
	let failed = false;
	const image = await slide.readRegion(0, rect, { ...options, onUnreadable: () => (failed = true) });
	const holes = failed ? await findHoles(slide, rect, unreadable, signal) : [];
	const scored = model.scoreWindows(image);
	for (const { x, y, index } of block) {
		if (holes.some((hole) => overlaps(hole, { x, y, widthPx: model.windowPx, heightPx: model.windowPx }))) continue;
		const column = (x - rect.x) / model.stridePx;
		const row = (y - rect.y) / model.stridePx;
		scores[index] = scored.scores[row * scored.columns + column]!;
	}
}

function boundsOf(block: readonly WindowOrigin[], windowPx: number): RectPx {
	let left = Number.POSITIVE_INFINITY;
	let top = Number.POSITIVE_INFINITY;
	let right = 0;
	let bottom = 0;
	for (const { x, y } of block) {
		left = Math.min(left, x);
		top = Math.min(top, y);
		right = Math.max(right, x + windowPx);
		bottom = Math.max(bottom, y + windowPx);
	}
	return { x: left, y: top, widthPx: right - left, heightPx: bottom - top };
}

/** `readRegion` does not say which tile failed, so each tile under a failed block is tried by itself. */
async function findHoles(
	slide: Slide,
	rect: RectPx,
	unreadable: Map<string, UnreadableTile>,
	signal: AbortSignal | undefined,
): Promise<RectPx[]> {
	const level = slide.levels[0]!;
	const holes: RectPx[] = [];
	for (const tile of tilesUnder(rect, level)) {
		const key = `${tile.column},${tile.row}`;
		if (!unreadable.has(key)) {
			try {
				await slide.readTile(0, tile.column, tile.row, signal ? { signal } : {});
				continue;
			} catch (error) {
				unreadable.set(key, asUnreadable(error, tile, signal));
			}
		}
		holes.push(tileRect(tile, level));
	}
	return holes;
}
