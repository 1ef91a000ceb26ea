/**
 * `map.png`: the focus map over the slide's thumbnail, to look at, paste into a mail, print.
 * @module
 */
import type { Assessment, WorstRegion } from '../../assessment.ts';
import type { RectPx, RgbImage } from '../../image/pixels.ts';
import type { FocusMap } from '../../map/focus-map.ts';
import { scaleBar } from '../scale.ts';
import { outcomeWords } from '../words.ts';
import { backdrop } from './backdrop.ts';
import { createCanvas, drawStrokes, drawText, fillBox, strokeBox } from './canvas.ts';
import { drawLegend } from './legend.ts';
import { paintMap } from './map-layer.ts';
import { INK, INK_SOFT, OUTCOME_COLOURS, PAPER, REGION, RULE } from './palette.ts';
import { encodePng, type PngOptions } from './png.ts';
import { type Stroke, textWidthPx } from './stroke-font.ts';

const MARGIN_PX = 32;
const HEAD_PX = 118;
const FOOT_PX = 64;
const LEGEND_PX = 250;
const GAP_PX = 32;
/** The slide is drawn as large as fits in here. */
const LARGEST_PICTURE = { widthPx: 1100, heightPx: 820 } as const;
/** Room for the title and the legend, however narrow the slide. */
const SMALLEST = { widthPx: 640, heightPx: 440 } as const;

/**
 * The picture as a PNG file, at most 1450 px wide: title with the outcome, the map in colour over a grey thumbnail,
 * hatches where tissue could not be judged, worst regions with their rank, a colour scale with the policy's thresholds,
 * a scale bar.
 * @param thumbnail shows the whole slide, at any size.
 * @param options.deflate see `PngOptions`.
 */
export async function mapPng(
	assessment: Assessment,
	map: FocusMap,
	thumbnail: RgbImage,
	options: Pick<PngOptions, 'deflate'> = {},
): Promise<Uint8Array> {
	return encodePng(drawMapPicture(assessment, map, thumbnail), {
		...options,
		text: { Software: assessment.provenance.software, Title: `Focus map of ${assessment.slide.name}` },
	});
}

/** The picture as pixels. */
export function drawMapPicture(assessment: Assessment, map: FocusMap, thumbnail: RgbImage): RgbImage {
	const { slide } = assessment;
	const fit = Math.min(LARGEST_PICTURE.widthPx / slide.widthPx, LARGEST_PICTURE.heightPx / slide.heightPx);
	const widthPx = Math.max(Math.round(slide.widthPx * fit), 1);
	const heightPx = Math.max(Math.round(slide.heightPx * fit), 1);
	const stage = {
		widthPx: Math.max(widthPx, SMALLEST.widthPx),
		heightPx: Math.max(heightPx, SMALLEST.heightPx),
	};
	const picture: RectPx = {
		x: MARGIN_PX + Math.floor((stage.widthPx - widthPx) / 2),
		y: HEAD_PX + Math.floor((stage.heightPx - heightPx) / 2),
		widthPx,
		heightPx,
	};
	const sheetWidth = MARGIN_PX + stage.widthPx + GAP_PX + LEGEND_PX + MARGIN_PX;
	const sheet = createCanvas(sheetWidth, HEAD_PX + stage.heightPx + FOOT_PX, PAPER);
	drawHead(sheet, assessment);
	placeGrey(sheet, backdrop(thumbnail, widthPx, heightPx), picture);
	paintMap(sheet, map, slide, picture);
	strokeBox(sheet, { ...picture, x: picture.x - 0.5, y: picture.y - 0.5 }, RULE, 1);
	for (const region of assessment.worstRegions.toReversed()) drawRegion(sheet, region, picture, fit);
	drawLegend(sheet, assessment, map, MARGIN_PX + stage.widthPx + GAP_PX, HEAD_PX + 4, stage.heightPx);
	drawFoot(sheet, assessment, picture, fit, HEAD_PX + stage.heightPx);
	return sheet;
}

function drawHead(sheet: RgbImage, { slide, outcome, sentence }: Assessment): void {
	const room = sheet.widthPx - 2 * MARGIN_PX;
	const word = outcomeWords[outcome];
	const badge = { x: MARGIN_PX, y: 28, widthPx: textWidthPx(word, 15) + 62, heightPx: 34 };
	fillBox(sheet, badge, OUTCOME_COLOURS[outcome], 6);
	drawSign(sheet, outcome, badge.x + 22, badge.y + 17);
	drawText(sheet, word, badge.x + 42, badge.y + 9.5, { sizePx: 15, colour: PAPER, weight: 0.17 });
	const nameLeft = badge.x + badge.widthPx + 18;
	const name = shorten(slide.name, 15, sheet.widthPx - MARGIN_PX - nameLeft);
	drawText(sheet, name, nameLeft, badge.y + 9.5, { sizePx: 15, colour: INK, weight: 0.13 });
	drawText(sheet, shorten(sentence, 11.5, room), MARGIN_PX, 80, { sizePx: 11.5, colour: INK_SOFT });
}

/** The outcome as a sign: tick, exclamation mark, cross, bar. */
function drawSign(sheet: RgbImage, outcome: Assessment['outcome'], x: number, y: number): void {
	const signs: Readonly<Record<Assessment['outcome'], readonly (readonly [number, number, number, number])[]>> = {
		pass: [
			[-7, 0, -2, 6],
			[-2, 6, 8, -6],
		],
		review: [
			[0, -7, 0, 2],
			[0, 7, 0, 7.2],
		],
		rescan: [
			[-6, -6, 6, 6],
			[6, -6, -6, 6],
		],
		'not-assessable': [[-6, 0, 6, 0]],
	};
	const strokes = signs[outcome].map(
		([x1, y1, x2, y2]): Stroke => ({ x1: x + x1, y1: y + y1, x2: x + x2, y2: y + y2 }),
	);
	drawStrokes(sheet, strokes, PAPER, 3.2);
}

function drawRegion(sheet: RgbImage, { rect, rank }: WorstRegion, picture: RectPx, scale: number): void {
	const box = {
		x: picture.x + rect.x * scale,
		y: picture.y + rect.y * scale,
		widthPx: Math.max(rect.widthPx * scale, 6),
		heightPx: Math.max(rect.heightPx * scale, 6),
	};
	strokeBox(sheet, box, PAPER, 4.5);
	strokeBox(sheet, box, REGION, 2.5);
	const label = String(rank);
	const width = Math.max(textWidthPx(label, 10) + 12, 20);
	// Above the box, or below it where the picture ends.
	const above = box.y - 22 >= picture.y;
	const tag = { x: box.x - 1, y: above ? box.y - 22 : box.y + box.heightPx + 2, widthPx: width, heightPx: 20 };
	fillBox(sheet, { ...tag, x: tag.x - 1, y: tag.y - 1, widthPx: width + 2, heightPx: 22 }, PAPER, 5);
	fillBox(sheet, tag, REGION, 4);
	const textLeft = tag.x + (width - textWidthPx(label, 10)) / 2;
	drawText(sheet, label, textLeft, tag.y + 5, { sizePx: 10, colour: PAPER, weight: 0.17 });
}

function drawFoot(
	sheet: RgbImage,
	{ slide, map, provenance }: Assessment,
	picture: RectPx,
	fit: number,
	top: number,
): void {
	const bar = scaleBar(picture.widthPx / fit / 4, slide.mpp?.x);
	const y = top + 30;
	const right = picture.x + bar.lengthPx * fit;
	drawStrokes(
		sheet,
		[
			{ x1: picture.x + 1, y1: y, x2: right, y2: y },
			{ x1: picture.x + 1, y1: y - 5, x2: picture.x + 1, y2: y + 5 },
			{ x1: right, y1: y - 5, x2: right, y2: y + 5 },
		],
		INK,
		2.4,
	);
	drawText(sheet, bar.label, right + 14, y - 5.5, { sizePx: 11, colour: INK, weight: 0.14 });
	const left = right + 14 + textWidthPx(bar.label, 11) + 40;
	const { calibration } = provenance;
	const made = `${provenance.software} · ${provenance.model.name}${calibration ? ` · calibration ${calibration.name}` : ''} · policy ${provenance.policy.name} · a value every ${map.stepPx} px`;
	const shown = shorten(made, 9.5, sheet.widthPx - MARGIN_PX - left);
	drawText(sheet, shown, sheet.widthPx - MARGIN_PX - textWidthPx(shown, 9.5), y - 5, { sizePx: 9.5, colour: INK_SOFT });
}

/** More characters than ever fit. */
const MOST_CHARACTERS = 300;

/** `text` if it fits in `room` pixels, else its two ends with `…` between them. */
function shorten(text: string, sizePx: number, room: number): string {
	const characters = [...text];
	for (let kept = Math.min(characters.length, MOST_CHARACTERS); kept > 0; kept--) {
		const head = Math.ceil(kept / 2);
		const short =
			kept === characters.length
				? text
				: `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (kept - head)).join('')}`;
		if (textWidthPx(short, sizePx) <= room) return short;
	}
	return '';
}

function placeGrey(sheet: RgbImage, grey: Uint8Array, picture: RectPx): void {
	for (let y = 0; y < picture.heightPx; y++) {
		let to = ((picture.y + y) * sheet.widthPx + picture.x) * 3;
		for (let x = 0; x < picture.widthPx; x++, to += 3) {
			const level = grey[y * picture.widthPx + x]!;
			sheet.data[to] = level;
			sheet.data[to + 1] = level;
			sheet.data[to + 2] = level;
		}
	}
}
