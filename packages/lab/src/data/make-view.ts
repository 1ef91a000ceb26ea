/**
 * From a sharp picture to a view: the chain a slide goes through, from stain to stored tile.
 *
 * stain strength and shade (in optical density) -> turn or mirror -> defocus (in light) -> brightness -> sensor noise ->
 * sometimes the scanner's sharpening -> sometimes JPEG.
 * @module
 */
import sharp from 'sharp';
import { type DefocusedField, defocusedField, type Microscope } from '../simulate/defocused-field.ts';
import { lightOfValue, lumaOf, valueOfLight } from '../simulate/light.ts';
import { type Random, seededRandom } from '../simulate/random.ts';
import { CROP_PX, type Crop, type View } from './crops.ts';
import type { SourceImage } from './source-image.ts';

/**
 * Side of the part of a picture that is blurred at once: a crop and some room, and less than a power of two, so that its
 * mirror image keeps the far edge away in the transform.
 */
const FIELD_PX = 240;

/** Glass may fill this much of a crop, and luma must spread at least so much (standard deviation, grey levels). */
const LARGEST_GLASS_SHARE = 0.5;
const LEAST_SPREAD = 7;

/** A view of a random part of a picture at all of the given blurs; undefined when the part shows too little tissue. */
export async function makeView(
	image: SourceImage,
	blurRadiiPx: readonly number[],
	random: Random,
): Promise<View | undefined> {
	const sharpPart = stained(cutField(image, random), random);
	const microscope: Microscope = {
		mpp: image.mpp ?? random.between(0.25, 0.5),
		numericalAperture: random.between(0.7, 0.8),
		refractiveIndex: 1,
		wavelengthUm: 0.55,
	};
	const field = defocusedField(sharpPart.light, sharpPart.widthPx, sharpPart.heightPx, microscope);
	const x = random.below(FIELD_PX - CROP_PX + 1);
	const y = random.below(FIELD_PX - CROP_PX + 1);
	if (!showsTissue(storedValues(field, 0, 1), field.widthPx, x, y)) return undefined;
	const camera: Camera = {
		gain: random.between(0.85, 1.08),
		sharpening: random.uniform() < 0.3 ? random.between(0.2, 1) : 0,
	};
	const crops: Crop[] = [];
	for (const blurRadiusPx of blurRadiiPx) {
		const stored = await photograph(field, blurRadiusPx, camera, random);
		crops.push({ rgb: cutCrop(stored, field.widthPx, x, y), blurRadiusPx });
	}
	return { source: image.source, mpp: microscope.mpp, crops };
}

interface Part {
	readonly widthPx: number;
	readonly heightPx: number;
	/** R, G, B planes. */
	readonly light: Float32Array;
}

/** A random part, turned or mirrored at random, in light. */
function cutField(image: SourceImage, random: Random): Part {
	const side = FIELD_PX;
	const left = random.below(image.widthPx - side + 1);
	const top = random.below(image.heightPx - side + 1);
	const [flipX, flipY, turned] = [random.uniform() < 0.5, random.uniform() < 0.5, random.uniform() < 0.5];
	const light = new Float32Array(3 * side * side);
	for (let y = 0; y < side; y++) {
		for (let x = 0; x < side; x++) {
			const [u, v] = turned ? [y, x] : [x, y];
			const row = top + (flipY ? side - 1 - v : v);
			const from = 3 * (row * image.widthPx + left + (flipX ? side - 1 - u : u));
			for (let c = 0; c < 3; c++) light[(c * side + y) * side + x] = lightOfValue(image.data[from + c]!);
		}
	}
	return { widthPx: side, heightPx: side, light };
}

/** Stain weaker or stronger and of another shade: optical density times a factor a channel. */
function stained(part: Part, random: Random): Part {
	const strength = Math.exp(random.between(-0.6, 0.35));
	const area = part.widthPx * part.heightPx;
	const light = part.light.slice();
	for (let c = 0; c < 3; c++) {
		const power = strength * Math.exp(random.between(-0.15, 0.15));
		for (let i = c * area; i < (c + 1) * area; i++) light[i] = light[i]! ** power;
	}
	return { ...part, light };
}

interface Camera {
	readonly gain: number;
	/** Amount of unsharp masking, 0 for none. */
	readonly sharpening: number;
}

/** The field as stored: interleaved 8-bit RGB. Noise, its strength and the compression are drawn anew each time. */
async function photograph(
	field: DefocusedField,
	blurRadiusPx: number,
	camera: Camera,
	random: Random,
): Promise<Uint8Array> {
	const { widthPx, heightPx } = field;
	const values = storedValues(field, blurRadiusPx, camera.gain);
	const noise = random.uniform() < 0.3 ? 0 : Math.exp(random.between(Math.log(0.3), Math.log(3)));
	if (noise > 0) addNoise(values, noise, random);
	const sharpened = camera.sharpening > 0 ? unsharp(values, widthPx, heightPx, camera.sharpening) : values;
	const bytes = new Uint8Array(Uint8ClampedArray.from(sharpened).buffer);
	if (random.uniform() < 0.3) return bytes;
	const quality = 70 + random.below(26);
	const chromaSubsampling = random.uniform() < 0.75 ? '4:2:0' : '4:4:4';
	const raw = { width: widthPx, height: heightPx, channels: 3 as const };
	const jpeg = await sharp(bytes, { raw }).jpeg({ quality, chromaSubsampling }).toBuffer();
	return new Uint8Array(await sharp(jpeg).raw().toBuffer());
}

/** Normal numbers, drawn once: noise is read from them at random places, which is much cheaper than drawing each. */
const normals = Float32Array.from(
	{ length: 1 << 16 },
	(
		(random) => () =>
			random.normal()
	)(seededRandom(0x5eed)),
);

function addNoise(values: Float32Array, deviation: number, random: Random): void {
	const run = 1024;
	for (let start = 0; start < values.length; start += run) {
		const from = random.below(normals.length - run);
		const end = Math.min(run, values.length - start);
		for (let i = 0; i < end; i++) values[start + i] = values[start + i]! + deviation * normals[from + i]!;
	}
}

/** Interleaved values 0..255, not rounded. */
function storedValues(field: DefocusedField, blurRadiusPx: number, gain: number): Float32Array {
	const area = field.widthPx * field.heightPx;
	const light = field.blurred(blurRadiusPx);
	const values = new Float32Array(3 * area);
	for (let c = 0; c < 3; c++) {
		for (let i = 0; i < area; i++) values[3 * i + c] = gain * valueOfLight(light[c * area + i]!);
	}
	return values;
}

/** Adds `amount` times what a 3x3 binomial filter takes away. */
function unsharp(values: Float32Array, widthPx: number, heightPx: number, amount: number): Float32Array {
	const result = values.slice();
	const row = 3 * widthPx;
	for (let y = 1; y < heightPx - 1; y++) {
		for (let i = y * row + 3; i < (y + 1) * row - 3; i++) {
			const edges = values[i - 3]! + values[i + 3]! + values[i - row]! + values[i + row]!;
			const corners = values[i - row - 3]! + values[i - row + 3]! + values[i + row - 3]! + values[i + row + 3]!;
			result[i] = values[i]! + amount * (values[i]! - (4 * values[i]! + 2 * edges + corners) / 16);
		}
	}
	return result;
}

function cutCrop(rgb: Uint8Array, widthPx: number, x: number, y: number): Uint8Array {
	const crop = new Uint8Array(3 * CROP_PX * CROP_PX);
	for (let row = 0; row < CROP_PX; row++) {
		const from = 3 * ((y + row) * widthPx + x);
		crop.set(rgb.subarray(from, from + 3 * CROP_PX), 3 * CROP_PX * row);
	}
	return crop;
}

/** Not mostly glass, and not flat. */
function showsTissue(values: Float32Array, widthPx: number, left: number, top: number): boolean {
	let glass = 0;
	let sum = 0;
	let squares = 0;
	for (let y = top; y < top + CROP_PX; y++) {
		for (let x = left; x < left + CROP_PX; x++) {
			const i = 3 * (y * widthPx + x);
			const [r, g, b] = [values[i]!, values[i + 1]!, values[i + 2]!];
			const luma = lumaOf(r, g, b);
			if (luma > 205 && Math.max(r, g, b) - Math.min(r, g, b) < 18) glass++;
			sum += luma;
			squares += luma * luma;
		}
	}
	const count = CROP_PX * CROP_PX;
	return glass / count <= LARGEST_GLASS_SHARE && Math.sqrt(squares / count - (sum / count) ** 2) >= LEAST_SPREAD;
}
