/**
 * Exact scores of many windows. Windows overlap, so they are read in blocks: each block's pixels are assembled once and
 * scored in one go.
 * @module
 */
import type { FocusModel, ScoredWindows, ScoringOptions, WindowOrigin } from '../focus/focus-model.ts';
import type { RectPx, RgbImage } from '../image/pixels.ts';
import type { Slide } from '../slide/slide.ts';
import type { UnreadableTile, WindowMeasurement, WindowRequest } from './measure.ts';
import { asUnreadable, overlaps, tileRect, tilesUnder, turns } from './reading.ts';

/**
 * Side of a block less the overlap of its windows: 2155 px in all for the published 235 px windows every 128, so a tile is
 * decoded 1.2 times.
 */
const BLOCK_PX = 2048;

/** What is known of all windows so far. */
interface Numbers {
	readonly scores: Float32Array;
	certainty?: Float32Array;
}

/** What every block of a request shares. */
type BlockRequest = Omit<WindowRequest, 'onProgress'> & { readonly onProgress: (done: number) => void };

/** A window and where its score goes. */
interface Asked extends WindowOrigin {
	readonly index: number;
}

/** See `Measurer.windows`. Windows must lie within level 0. */
export async function measureWindows(request: WindowRequest): Promise<WindowMeasurement> {
	const { windows, model, signal, onProgress } = request;
	const result: Numbers = { scores: new Float32Array(windows.length).fill(Number.NaN) };
	const unreadable = new Map<string, UnreadableTile>();
	const turn = turns(signal);
	let done = 0;
	for (const block of blocksOf(windows, model.stridePx)) {
		const before = done;
		const onBlockProgress = (more: number): void => onProgress?.(before + more, windows.length);
		await scoreBlock(block, { ...request, onProgress: onBlockProgress }, result, unreadable);
		done += block.length;
		onProgress?.(done, windows.length);
		await turn();
	}
	return { ...result, unreadable: [...unreadable.values()] };
}

/** Windows of one block lie on one lattice of the model's stride, so one call scores them all. */
function blocksOf(windows: readonly WindowOrigin[], stridePx: number): Asked[][] {
	const sidePx = Math.max(1, Math.floor(BLOCK_PX / stridePx)) * stridePx;
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
	{ slide, model, signal, onProgress }: BlockRequest,
	result: Numbers,
	unreadable: Map<string, UnreadableTile>,
): Promise<void> {
	const rect = boundsOf(block, model.windowPx);
	const options = signal ? { signal } : {};
	let failed = false;
	const image = await slide.readRegion(0, rect, { ...options, onUnreadable: () => (failed = true) });
	const holes = failed ? await findHoles(slide, rect, unreadable, signal) : [];
	const whole = ({ x, y }: WindowOrigin): boolean =>
		!holes.some((hole) => overlaps(hole, { x, y, widthPx: model.windowPx, heightPx: model.windowPx }));
	const windows = block.filter(whole);
	const scored = await scoreInside(image, rect, windows, model, { ...options, onProgress });
	if (scored.certainty) result.certainty ??= new Float32Array(result.scores.length).fill(Number.NaN);
	for (const [i, { index }] of windows.entries()) {
		result.scores[index] = scored.scores[i]!;
		if (scored.certainty) result.certainty![index] = scored.certainty[i]!;
	}
}

/** Scores of `windows` in their order; `image` is the part `rect` of the slide. */
async function scoreInside(
	image: RgbImage,
	rect: RectPx,
	windows: readonly WindowOrigin[],
	model: FocusModel,
	options: ScoringOptions,
): Promise<ScoredWindows> {
	const inside = windows.map(({ x, y }) => ({ x: x - rect.x, y: y - rect.y }));
	if (model.scoreWindowsAt) return model.scoreWindowsAt(image, inside, options);
	const { scores, columns } = await model.scoreWindows(image, options);
	const places = inside.map(({ x, y }) => (y / model.stridePx) * columns + x / model.stridePx);
	return { scores: Float32Array.from(places, (place) => scores[place]!) };
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
