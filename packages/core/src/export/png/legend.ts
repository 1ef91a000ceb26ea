/**
 * The column beside the map picture: colour scale with thresholds, and what the hatches mean.
 * @module
 */
import type { Assessment } from '../../assessment.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { colourFraction, colourRange, focusColour } from '../../map/colour.ts';
import { type FocusMap, VALIDITY } from '../../map/focus-map.ts';
import { axisTicks } from '../scale.ts';
import { formatNumber, formatPercent, unitWords } from '../words.ts';
import { type Colour, drawStrokes, drawText, fillBox, strokeBox } from './canvas.ts';
import { paintHatch } from './map-layer.ts';
import { INK, INK_SOFT, REGION } from './palette.ts';

const BAR_WIDTH_PX = 30;
const TEXT_PX = 11;
const ROW_PX = 30;

const HATCHED = [
	[VALIDITY.littleTexture, 'Too little texture'],
	[VALIDITY.penMark, 'Pen mark'],
	[VALIDITY.unreadable, 'Could not be read'],
] as const;

/** Draws the legend with its top left at (`left`, `top`), at most `heightPx` high. */
export function drawLegend(
	image: RgbImage,
	assessment: Assessment,
	map: FocusMap,
	left: number,
	top: number,
	heightPx: number,
): void {
	const keys: readonly Key[] = legendKeys(assessment, map);
	const barHeight = Math.max(Math.min(heightPx - 40 - keys.length * ROW_PX - 30, 420), 120);
	drawText(image, unitWords[map.unit].axis, left, top, { sizePx: TEXT_PX + 1, colour: INK, weight: 0.16 });
	if (map.validity.includes(VALIDITY.assessable)) drawScale(image, assessment, map, left, top + 34, barHeight);
	else drawText(image, 'No tissue could be judged', left, top + 40, { sizePx: TEXT_PX, colour: INK_SOFT });
	let y = top + 34 + barHeight + 34;
	for (const key of keys) {
		key.draw(image, left, y - 5);
		drawText(image, key.label, left + 42, y, { sizePx: TEXT_PX, colour: INK });
		y += ROW_PX;
	}
}

/** A sample and what it means. */
interface Key {
	readonly label: string;
	draw(image: RgbImage, x: number, y: number): void;
}

function legendKeys(assessment: Assessment, map: FocusMap): Key[] {
	const keys: Key[] = HATCHED.filter(([code]) => map.validity.includes(code)).map(([code, label]) => ({
		label,
		draw: (image, x, y) => {
			for (let dy = 0; dy < 20; dy++) for (let dx = 0; dx < BAR_WIDTH_PX; dx++) paintHatch(image, x + dx, y + dy, code);
		},
	}));
	if (assessment.worstRegions.length > 0) {
		keys.push({
			label: 'Worst regions, by rank',
			draw: (image, x, y) => strokeBox(image, { x: x + 1.5, y: y + 1.5, widthPx: 27, heightPx: 17 }, REGION, 3),
		});
	}
	return keys;
}

function drawScale(
	image: RgbImage,
	assessment: Assessment,
	map: FocusMap,
	left: number,
	top: number,
	heightPx: number,
): void {
	const range = colourRange(map);
	const yOf = (value: number): number => top + heightPx * (1 - colourFraction(value, range));
	for (let y = 0; y < heightPx; y++) {
		const colour = focusColour(1 - (y + 0.5) / heightPx);
		fillBox(image, { x: left, y: top + y, widthPx: BAR_WIDTH_PX, heightPx: 1 }, colour);
	}
	const marks = thresholdMarks(assessment, map);
	const low = Math.min(range.sharp, range.blurry);
	const high = Math.max(range.sharp, range.blurry);
	for (const value of axisTicks(low, high, 7)) {
		const y = yOf(value);
		drawTick(image, left + BAR_WIDTH_PX, y, 5, INK_SOFT);
		if (marks.some((mark) => Math.abs(yOf(mark.value) - y) < TEXT_PX + 5)) continue;
		const isEnd = value === range.blurry && map.unit !== 'score';
		drawText(image, `${formatNumber(value)}${isEnd ? ' and more' : ''}`, left + BAR_WIDTH_PX + 12, y - TEXT_PX / 2, {
			sizePx: TEXT_PX,
			colour: INK_SOFT,
		});
	}
	for (const { value, label } of marks) {
		const y = yOf(value);
		drawStrokes(image, [{ x1: left, y1: y, x2: left + BAR_WIDTH_PX + 8, y2: y }], [255, 255, 255], 4);
		drawStrokes(image, [{ x1: left, y1: y, x2: left + BAR_WIDTH_PX + 8, y2: y }], INK, 2);
		drawText(image, label, left + BAR_WIDTH_PX + 14, y - TEXT_PX / 2, { sizePx: TEXT_PX, colour: INK, weight: 0.16 });
	}
}

function thresholdMarks(assessment: Assessment, map: FocusMap): { value: number; label: string }[] {
	const { focus } = assessment;
	const { thresholds } = assessment.map;
	if (!thresholds) return [];
	const sign = map.higherMeans === 'blurrier' ? '≥' : '≤';
	// Tissue at least this blurry: the sign before the number says so.
	let share = 0;
	return (['strong', 'clear', 'slight'] as const).map((strength) => {
		share += focus?.[`${strength}Fraction`] ?? 0;
		const percent = focus ? `: ${formatPercent(share)}` : '';
		return {
			value: thresholds[strength],
			label: `${sign} ${formatNumber(thresholds[strength])} ${strength}${percent}`,
		};
	});
}

function drawTick(image: RgbImage, x: number, y: number, lengthPx: number, colour: Colour): void {
	drawStrokes(image, [{ x1: x, y1: y, x2: x + lengthPx, y2: y }], colour, 1.5);
}
