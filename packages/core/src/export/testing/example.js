import { VALIDITY } from '../../map/focus-map.js';
import { TISSUE_CLASS } from '../../tissue/tissue-mask.js';

const STEP = 64;
const THRESHOLDS = { slight: 1, clear: 2, strong: 4 };
/** An island of tissue with a patch out of focus right of its middle, a hole without texture, a pen mark and an unreadable tile. */
export function exampleResult(options = {}) {
	const { columns = 60, rows = 40, worst = 6, outcome = 'rescan', unit = 'defocusUm' } = options;
	// The slide ends inside the last places.
	const widthPx = columns * STEP - 20;
	const heightPx = rows * STEP - 11;
	const values = new Float32Array(columns * rows).fill(Number.NaN);
	const validity = new Uint8Array(columns * rows).fill(VALIDITY.background);
	const tissueFraction = new Float32Array(columns * rows);
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			const place = row * columns + column;
			const u = (column + 0.5) / columns;
			const v = (row + 0.5) / rows;
			const wobble = 0.04 * Math.sin(9 * u + 2) + 0.05 * Math.sin(11 * v);
			const radius = Math.hypot((u - 0.5) / 0.42, (v - 0.5) / 0.4) + wobble;
			if (radius > 1) continue;
			tissueFraction[place] = Math.min(1, (1 - radius) * 8);
			validity[place] = VALIDITY.assessable;
			if (Math.hypot((u - 0.35) * 1.5, v - 0.6) < 0.08) validity[place] = VALIDITY.littleTexture;
			else if (u > 0.2 && u < 0.28 && v < 0.45 && v > 0.38) validity[place] = VALIDITY.penMark;
			else if (u > 0.5 && u < 0.56 && v > 0.75) validity[place] = VALIDITY.unreadable;
			else {
				const blur = worst * Math.exp(-(((u - 0.68) / 0.12) ** 2) - ((v - 0.42) / 0.16) ** 2);
				const tilt = Math.max(0, 0.25 * worst * (v - 0.62));
				values[place] = 0.3 + 0.12 * Math.sin(column * 1.7) * Math.cos(row * 2.3) + blur + tilt;
			}
		}
	}
	const map = {
		originXPx: 0,
		originYPx: 0,
		stepPx: STEP,
		windowPx: 192,
		columns,
		rows,
		values,
		validity,
		tissueFraction,
		unit,
		higherMeans: 'blurrier',
	};
	return {
		map,
		mask: exampleMask(map),
		thumbnail: exampleThumbnail(map, widthPx, heightPx),
		assessment: exampleAssessment(map, widthPx, heightPx, outcome, options),
	};
}
function exampleAssessment(map, widthPx, heightPx, outcome, options) {
	const shares = [0, 0, 0, 0];
	let tissue = 0;
	const sorted = [];
	for (const [place, value] of map.values.entries()) {
		if (Number.isNaN(value)) continue;
		const weight = map.tissueFraction[place];
		const index = value >= THRESHOLDS.strong ? 3 : value >= THRESHOLDS.clear ? 2 : value >= THRESHOLDS.slight ? 1 : 0;
		shares[index] += weight;
		tissue += weight;
		sorted.push(value);
	}
	sorted.sort((a, b) => a - b);
	const at = (fraction) => sorted[Math.floor((sorted.length - 1) * fraction)] ?? 0;
	const fraction = (index) => (tissue > 0 ? shares[index] / tissue : 0);
	const squareMm = (STEP * STEP * 0.25 * 0.25) / 1e6;
	const hasMpp = options.mpp ?? true;
	const blurry = fraction(2) + fraction(3);
	const atX = Math.round(map.columns * 0.68) * STEP;
	const atY = Math.round(map.rows * 0.42) * STEP;
	return {
		schema: 'parfocal-assessment-1',
		slide: {
			name: options.name ?? 'example-slide.svs',
			format: 'aperio-svs',
			vendor: 'aperio',
			widthPx,
			heightPx,
			...(hasMpp && { mpp: { x: 0.25, y: 0.25, source: 'tag' } }),
			objectivePower: 40,
		},
		outcome,
		sentence:
			outcome === 'pass'
				? 'Pass: the tissue is in focus.'
				: `Rescan: ${(blurry * 100).toFixed(0)} % of the tissue is clearly out of focus, mostly on the right.`,
		reasons: [
			{
				code: 'out-of-focus',
				leadsTo: outcome,
				sentence: `${(blurry * 100).toFixed(0)} % of the tissue, ${(blurry * tissue * squareMm).toFixed(2)} mm², is clearly out of focus, mostly on the right.`,
				fraction: blurry,
				areaMm2: blurry * tissue * squareMm,
				place: 'right',
				strength: 'clear',
			},
			{ code: 'unreadable-tiles', leadsTo: 'note', sentence: '1 of 120 tiles could not be read.', fraction: 1 / 120 },
		],
		focus: {
			inFocusFraction: fraction(0),
			slightFraction: fraction(1),
			clearFraction: fraction(2),
			strongFraction: fraction(3),
			median: at(0.5),
			percentile95: at(0.95),
		},
		tissue: {
			source: 'detected',
			...(hasMpp && { areaMm2: tissue * squareMm * 1.05 }),
			fraction: 0.42,
			assessableFraction: 0.95,
			littleTextureFraction: 0.04,
			penMarkFraction: 0.01,
		},
		tiles: { total: 120, measured: 119, unreadable: 1, examples: ['Tile 7, 9: the JPEG ends early.'] },
		worstRegions:
			outcome === 'pass'
				? []
				: [
						{
							rank: 1,
							rect: { x: atX - 256, y: atY - 256, widthPx: 512, heightPx: 512 },
							value: 5.4,
							strength: 'strong',
							areaMm2: 0.0164,
							place: 'right',
							sharpNeighbour: { x: 1024, y: 1024, widthPx: 512, heightPx: 512 },
						},
						{
							rank: 2,
							rect: { x: atX - 512, y: atY + 320, widthPx: 384, heightPx: 384 },
							value: 2.9,
							strength: 'clear',
							areaMm2: 0.0092,
							place: 'lower right',
						},
					],
		map: {
			stepPx: STEP,
			windowPx: map.windowPx,
			columns: map.columns,
			rows: map.rows,
			unit: map.unit,
			higherMeans: 'blurrier',
			thresholds: THRESHOLDS,
			note: 'Assumes an objective of NA 0.75 in air.',
		},
		provenance: {
			software: 'parfocal 0.1.0',
			model: {
				name: 'example-model',
				sha256: 'ab'.repeat(32),
				licence: 'Apache-2.0',
				origin: 'shipped',
			},
			policy: { name: 'routine', sha256: 'cd'.repeat(32) },
			settingsSha256: 'ef'.repeat(32),
			reader: 'parfocal aperio-svs',
			mode: 'fast',
			warnings: [],
		},
		timings: { totalMs: 1234.5 },
	};
}
function exampleMask(map) {
	const classOf = {
		[VALIDITY.background]: TISSUE_CLASS.glass,
		[VALIDITY.littleTexture]: TISSUE_CLASS.littleTexture,
		[VALIDITY.penMark]: TISSUE_CLASS.penMark,
	};
	return {
		widthPx: map.columns,
		heightPx: map.rows,
		downsampleX: map.stepPx,
		downsampleY: map.stepPx,
		classes: map.validity.map((code) => classOf[code] ?? TISSUE_CLASS.tissue),
		source: 'detected',
	};
}
/** Pink tissue with darker dots on almost white glass. */
function exampleThumbnail(map, slideWidthPx, slideHeightPx) {
	const scale = Math.max(8, Math.ceil(Math.max(slideWidthPx, slideHeightPx) / 1024));
	const widthPx = Math.ceil(slideWidthPx / scale);
	const heightPx = Math.ceil(slideHeightPx / scale);
	const data = new Uint8Array(widthPx * heightPx * 3);
	for (let y = 0; y < heightPx; y++) {
		for (let x = 0; x < widthPx; x++) {
			const place = Math.floor((y * scale) / STEP) * map.columns + Math.floor((x * scale) / STEP);
			const tissue = map.tissueFraction[place] ?? 0;
			const dots = 0.5 + 0.5 * Math.sin(x * 1.3 + 3 * Math.sin(y * 0.37)) * Math.sin(y * 1.1 + 2 * Math.sin(x * 0.23));
			const at = (y * widthPx + x) * 3;
			data[at] = 244 - tissue * (30 + 70 * dots);
			data[at + 1] = 242 - tissue * (90 + 70 * dots);
			data[at + 2] = 244 - tissue * (40 + 40 * dots);
		}
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}
