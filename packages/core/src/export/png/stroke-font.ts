/**
 * A small font of strokes, drawn for this project: each glyph is a pen path, so that text is sharp at any size and in
 * any weight without a font file.
 *
 * Units: capitals are 10 high (y from 0 at the top to 10 on the baseline), small letters start at y 3, tails end at 13.
 * Paths are SVG's `M`, `L` and `Q` with absolute coordinates.
 * @module
 */

/** A glyph: its width and its pen path. */
interface Glyph {
	readonly width: number;
	readonly path: string;
}

const BOWL = 'Q5.6 3 2.8 3Q0 3 0 6.5Q0 10 2.8 10Q5.6 10 5.6 6.5';
const BOWL_RIGHT = 'Q0 3 2.8 3Q5.6 3 5.6 6.5Q5.6 10 2.8 10Q0 10 0 6.5';
const ROUND = 'M4.5 0Q9 0 9 5Q9 10 4.5 10Q0 10 0 5Q0 0 4.5 0';

/** `character: [width, path]`. */
const GLYPHS: Readonly<Record<string, readonly [number, string]>> = {
	A: [8, 'M0 10L4 0L8 10M1.4 6.6L6.6 6.6'],
	B: [7, 'M0 0L0 10L4 10Q7 10 7 7.3Q7 4.8 4 4.8L0 4.8M4 4.8Q6.4 4.8 6.4 2.4Q6.4 0 4 0L0 0'],
	C: [8, 'M8 2.4Q7 0 4.4 0Q0 0 0 5Q0 10 4.4 10Q7 10 8 7.6'],
	D: [8, 'M0 0L0 10L3 10Q8 10 8 5Q8 0 3 0L0 0'],
	E: [6.2, 'M6.2 0L0 0L0 10L6.2 10M0 4.8L5.4 4.8'],
	F: [6, 'M6 0L0 0L0 10M0 4.8L5 4.8'],
	G: [8.4, 'M8 2.4Q7 0 4.4 0Q0 0 0 5Q0 10 4.4 10Q8.4 10 8.4 6L8.4 5.4L5 5.4'],
	H: [7.6, 'M0 0L0 10M7.6 0L7.6 10M0 4.8L7.6 4.8'],
	I: [0, 'M0 0L0 10'],
	J: [5, 'M5 0L5 7.2Q5 10 2.5 10Q0.4 10 0 8'],
	K: [7, 'M0 0L0 10M6.8 0L0 6.4M2.6 4.2L7 10'],
	L: [6, 'M0 0L0 10L6 10'],
	M: [9, 'M0 10L0 0L4.5 7L9 0L9 10'],
	N: [7.8, 'M0 10L0 0L7.8 10L7.8 0'],
	O: [9, ROUND],
	P: [7, 'M0 10L0 0L4 0Q7 0 7 2.8Q7 5.6 4 5.6L0 5.6'],
	Q: [9, `${ROUND}M5.6 7.2L8.8 10.6`],
	R: [7, 'M0 10L0 0L4 0Q7 0 7 2.7Q7 5.4 4 5.4L0 5.4M3.8 5.4L7 10'],
	S: [7, 'M6.7 2Q6 0 3.6 0Q0.4 0 0.4 2.6Q0.4 4.4 3.5 4.9Q7 5.5 7 7.4Q7 10 3.6 10Q0.7 10 0 7.9'],
	T: [7.6, 'M0 0L7.6 0M3.8 0L3.8 10'],
	U: [7.6, 'M0 0L0 6.4Q0 10 3.8 10Q7.6 10 7.6 6.4L7.6 0'],
	V: [8, 'M0 0L4 10L8 0'],
	W: [11.4, 'M0 0L2.8 10L5.7 1L8.6 10L11.4 0'],
	X: [7.4, 'M0 0L7.4 10M7.4 0L0 10'],
	Y: [7.6, 'M0 0L3.8 5L7.6 0M3.8 5L3.8 10'],
	Z: [7, 'M0 0L7 0L0 10L7 10'],
	a: [5.6, `M5.6 3L5.6 10M5.6 6.5${BOWL}`],
	b: [5.6, `M0 0L0 10M0 6.5${BOWL_RIGHT}`],
	c: [5.2, 'M5.2 4.5Q4.4 3 2.9 3Q0 3 0 6.5Q0 10 2.9 10Q4.4 10 5.2 8.5'],
	d: [5.6, `M5.6 0L5.6 10M5.6 6.5${BOWL}`],
	e: [5.6, 'M0 6.4L5.6 6.4Q5.6 3 2.8 3Q0 3 0 6.5Q0 10 3 10Q4.6 10 5.4 8.7'],
	f: [3.6, 'M3.9 0.2Q1.5 -0.5 1.5 2.2L1.5 10M0 3.2L3.6 3.2'],
	g: [5.6, `M5.6 3L5.6 10.4Q5.6 13 2.8 13Q1 13 0.3 12M5.6 6.5${BOWL}`],
	h: [5.2, 'M0 0L0 10M0 6Q0 3 2.7 3Q5.2 3 5.2 5.8L5.2 10'],
	i: [0, 'M0 3L0 10M0 0.2L0 0.5'],
	j: [1.6, 'M1.6 3L1.6 11.2Q1.6 13 0 13M1.6 0.2L1.6 0.5'],
	k: [5, 'M0 0L0 10M4.8 3L0 7.4M1.9 5.8L5 10'],
	l: [1.5, 'M0 0L0 8.4Q0 10 1.5 10'],
	m: [9, 'M0 3L0 10M0 5.8Q0 3 2.3 3Q4.5 3 4.5 5.6L4.5 10M4.5 5.8Q4.5 3 6.8 3Q9 3 9 5.6L9 10'],
	n: [5.2, 'M0 3L0 10M0 6Q0 3 2.7 3Q5.2 3 5.2 5.8L5.2 10'],
	o: [5.8, 'M2.9 3Q5.8 3 5.8 6.5Q5.8 10 2.9 10Q0 10 0 6.5Q0 3 2.9 3'],
	p: [5.6, `M0 3L0 13M0 6.5${BOWL_RIGHT}`],
	q: [5.6, `M5.6 3L5.6 13M5.6 6.5${BOWL}`],
	r: [3.2, 'M0 3L0 10M0 6.2Q0.2 3 3.2 3.1'],
	s: [4.8, 'M4.6 4.4Q4 3 2.4 3Q0.2 3 0.2 4.8Q0.2 6.1 2.4 6.4Q4.8 6.8 4.8 8.2Q4.8 10 2.4 10Q0.5 10 0 8.6'],
	t: [3.6, 'M1.5 0.8L1.5 8Q1.5 10 3.6 9.8M0 3.2L3.5 3.2'],
	u: [5.2, 'M0 3L0 7.2Q0 10 2.5 10Q5.2 10 5.2 7M5.2 3L5.2 10'],
	v: [5.6, 'M0 3L2.8 10L5.6 3'],
	w: [8.4, 'M0 3L2.1 10L4.2 3.8L6.3 10L8.4 3'],
	x: [5.2, 'M0 3L5.2 10M5.2 3L0 10'],
	y: [5.6, 'M0 3L2.9 10M5.6 3L2.5 11.3Q1.8 13 0.2 13'],
	z: [4.8, 'M0 3L4.8 3L0 10L4.8 10'],
	0: [6, 'M3 0Q6 0 6 5Q6 10 3 10Q0 10 0 5Q0 0 3 0'],
	1: [6, 'M1 2.2L3.6 0L3.6 10'],
	2: [6, 'M0.2 2.6Q0.4 0 3 0Q5.8 0 5.8 2.7Q5.8 4.6 3.6 6.6L0 10L6 10'],
	3: [6, 'M0.3 1.9Q0.9 0 3 0Q5.6 0 5.6 2.4Q5.6 4.7 2.6 4.7Q6 4.7 6 7.3Q6 10 3 10Q0.5 10 0 7.9'],
	4: [6, 'M4.6 10L4.6 0L0 7L6 7'],
	5: [6, 'M5.6 0L0.9 0L0.5 4.6Q1.5 3.7 3 3.7Q6 3.7 6 6.8Q6 10 2.9 10Q0.6 10 0 8.2'],
	6: [6, 'M5.4 1.4Q4.7 0 3.2 0Q0 0 0 5.4L0 6.8Q0 10 3 10Q6 10 6 6.9Q6 3.9 3 3.9Q0 3.9 0 6.8'],
	7: [6, 'M0 0L6 0L2.2 10'],
	8: [
		6,
		'M3 0Q5.6 0 5.6 2.4Q5.6 4.7 3 4.7Q0.4 4.7 0.4 2.4Q0.4 0 3 0M3 4.7Q6 4.7 6 7.3Q6 10 3 10Q0 10 0 7.3Q0 4.7 3 4.7',
	],
	9: [6, 'M0.6 8.6Q1.3 10 2.8 10Q6 10 6 4.6L6 3.2Q6 0 3 0Q0 0 0 3.1Q0 6.1 3 6.1Q6 6.1 6 3.2'],
	' ': [2.2, ''],
	'.': [0, 'M0 9.8L0 10'],
	',': [0.4, 'M0.4 9.7L0 11.6'],
	':': [0, 'M0 4L0 4.2M0 9.8L0 10'],
	';': [0.4, 'M0.4 4L0.4 4.2M0.4 9.7L0 11.6'],
	'!': [0, 'M0 0L0 7M0 9.8L0 10'],
	'?': [5, 'M0.2 2.2Q0.6 0 2.6 0Q5 0 5 2.4Q5 4.2 2.5 5.2L2.5 7M2.5 9.8L2.5 10'],
	'-': [3.4, 'M0 6.2L3.4 6.2'],
	'–': [5.4, 'M0 6.2L5.4 6.2'],
	'—': [9, 'M0 6.2L9 6.2'],
	_: [6, 'M0 11L6 11'],
	'/': [4.4, 'M4.4 -0.6L0 11'],
	'\\': [4.4, 'M0 -0.6L4.4 11'],
	'(': [2.2, 'M2.2 -1Q0 1.6 0 5.5Q0 9.4 2.2 12'],
	')': [2.2, 'M0 -1Q2.2 1.6 2.2 5.5Q2.2 9.4 0 12'],
	'[': [2.2, 'M2.2 -1L0 -1L0 12L2.2 12'],
	']': [2.2, 'M0 -1L2.2 -1L2.2 12L0 12'],
	'{': [2.8, 'M2.8 -1Q1.2 -1 1.2 1L1.2 4Q1.2 5.5 0 5.5Q1.2 5.5 1.2 7L1.2 10Q1.2 12 2.8 12'],
	'}': [2.8, 'M0 -1Q1.6 -1 1.6 1L1.6 4Q1.6 5.5 2.8 5.5Q1.6 5.5 1.6 7L1.6 10Q1.6 12 0 12'],
	'+': [6, 'M3 3L3 9M0 6L6 6'],
	'=': [6, 'M0 4.6L6 4.6M0 7.6L6 7.6'],
	'<': [5.6, 'M5.6 3L0 6.2L5.6 9.4'],
	'>': [5.6, 'M0 3L5.6 6.2L0 9.4'],
	'≥': [5.6, 'M0 1.6L5.6 4.6L0 7.6M0 10L5.6 10'],
	'≤': [5.6, 'M5.6 1.6L0 4.6L5.6 7.6M0 10L5.6 10'],
	'*': [4, 'M2 0L2 4.4M0 1L4 3.4M4 1L0 3.4'],
	'#': [7, 'M2.6 0L1.4 10M5.8 0L4.6 10M0.4 3.2L7 3.2M0 6.8L6.6 6.8'],
	'%': [
		9,
		'M1.9 0Q3.8 0 3.8 2.3Q3.8 4.6 1.9 4.6Q0 4.6 0 2.3Q0 0 1.9 0M7.1 5.4Q9 5.4 9 7.7Q9 10 7.1 10Q5.2 10 5.2 7.7Q5.2 5.4 7.1 5.4M7.8 0L1.2 10',
	],
	'&': [8, 'M8 10L1.8 3.4Q1 0 3.4 0Q5.8 0 5.4 2.2Q5 3.6 2.4 4.8Q0 6 0 7.6Q0 10 3 10Q6.6 10 7.4 5.6'],
	'@': [
		10,
		'M7 7Q4 8 3.4 5.6Q3.4 3 5.6 3Q7.2 3 7 5L6.8 6.4Q7 8 8.4 7.4Q10 6.6 10 4.6Q9.6 0 5 0Q0 0 0 5Q0 10.4 5 10.6L7 10.2',
	],
	"'": [0, 'M0 -0.2L0 2.4'],
	'"': [2.2, 'M0 -0.2L0 2.4M2.2 -0.2L2.2 2.4'],
	'|': [0, 'M0 -1L0 12'],
	'~': [6, 'M0 6.8Q1.4 4.8 3 6.2Q4.6 7.6 6 5.6'],
	'^': [4.6, 'M0 3L2.3 0L4.6 3'],
	$: [
		6.6,
		'M6.3 2.2Q5.6 0.6 3.4 0.6Q0.4 0.6 0.4 2.8Q0.4 4.4 3.3 4.9Q6.6 5.5 6.6 7.2Q6.6 9.4 3.4 9.4Q0.7 9.4 0 7.7M3.4 -1L3.4 11',
	],
	'`': [1.2, 'M0 -0.2L1.2 1.6'],
	µ: [5.2, 'M0 3L0 13M0 7.2Q0 10 2.5 10Q5.2 10 5.2 7M5.2 3L5.2 10'],
	'²': [3.2, 'M0.1 1.2Q0.2 -0.3 1.6 -0.3Q3 -0.3 3 1.1Q3 2 1.9 3L0 4.7L3.2 4.7'],
	'°': [2.6, 'M1.3 0Q2.6 0 2.6 1.4Q2.6 2.8 1.3 2.8Q0 2.8 0 1.4Q0 0 1.3 0'],
	'·': [0, 'M0 6L0 6.2'],
	'×': [5, 'M0.3 4L4.7 8.6M4.7 4L0.3 8.6'],
	'…': [6, 'M0 9.8L0 10M3 9.8L3 10M6 9.8L6 10'],
	ß: [5.4, 'M0 10L0 2.6Q0 0 2.5 0Q4.8 0 4.8 2.2Q4.8 3.6 2.6 4.6Q5.4 5 5.4 7.4Q5.4 10 2 10'],
	ø: [5.8, 'M2.9 3Q5.8 3 5.8 6.5Q5.8 10 2.9 10Q0 10 0 6.5Q0 3 2.9 3M5.6 2.4L0.2 10.6'],
	Ø: [9, `${ROUND}M8.4 -0.6L0.6 10.6`],
	'→': [8, 'M0 6L8 6M5.4 3.6L8 6L5.4 8.4'],
};

/** Drawn for what the font does not have: an empty box. */
const MISSING: Glyph = { width: 6, path: 'M0 0L6 0L6 10L0 10L0 0' };

/** Room between glyphs. */
const SPACING = 2.4;

/** A straight stroke from (`x1`, `y1`) to (`x2`, `y2`). */
export interface Stroke {
	readonly x1: number;
	readonly y1: number;
	readonly x2: number;
	readonly y2: number;
}

function glyphOf(character: string): Glyph {
	const found = GLYPHS[character] ?? GLYPHS[character.normalize('NFD').charAt(0)];
	return found ? { width: found[0], path: found[1] } : MISSING;
}

/** Width of `text` with capitals `sizePx` high. */
export function textWidthPx(text: string, sizePx: number): number {
	let width = 0;
	for (const character of text.normalize('NFC')) width += glyphOf(character).width + SPACING;
	return (Math.max(width - SPACING, 0) * sizePx) / 10;
}

/** The strokes of `text` with capitals `sizePx` high, its top left at (`xPx`, `yPx`). */
export function textStrokes(text: string, xPx: number, yPx: number, sizePx: number): Stroke[] {
	const strokes: Stroke[] = [];
	const scale = sizePx / 10;
	let left = xPx;
	for (const character of text.normalize('NFC')) {
		const { width, path } = glyphOf(character);
		for (const { x1, y1, x2, y2 } of pathStrokes(path)) {
			strokes.push({ x1: left + x1 * scale, y1: yPx + y1 * scale, x2: left + x2 * scale, y2: yPx + y2 * scale });
		}
		left += (width + SPACING) * scale;
	}
	return strokes;
}

const strokesOfPath = new Map<string, readonly Stroke[]>();

function pathStrokes(path: string): readonly Stroke[] {
	const known = strokesOfPath.get(path);
	if (known) return known;
	const strokes: Stroke[] = [];
	let x = 0;
	let y = 0;
	for (const [, command, parameters] of path.matchAll(/([MLQ])([^MLQ]*)/g)) {
		const numbers = parameters!.trim().split(/\s+/).map(Number);
		const [x2, y2] = [numbers.at(-2)!, numbers.at(-1)!];
		if (command === 'L') strokes.push({ x1: x, y1: y, x2, y2 });
		if (command === 'Q') strokes.push(...curve(x, y, numbers[0]!, numbers[1]!, x2, y2));
		x = x2;
		y = y2;
	}
	strokesOfPath.set(path, strokes);
	return strokes;
}

/** A quadratic Bézier curve as straight pieces; six a quarter turn are smooth at every size used here. */
function curve(x0: number, y0: number, cx: number, cy: number, x1: number, y1: number): Stroke[] {
	const pieces = 6;
	const at = (t: number, from: number, control: number, to: number): number =>
		(1 - t) ** 2 * from + 2 * t * (1 - t) * control + t ** 2 * to;
	return Array.from({ length: pieces }, (_, i) => ({
		x1: at(i / pieces, x0, cx, x1),
		y1: at(i / pieces, y0, cy, y1),
		x2: at((i + 1) / pieces, x0, cx, x1),
		y2: at((i + 1) / pieces, y0, cy, y1),
	}));
}
