/**
 * From a sharp picture to a view: the chain a slide goes through, from stain to stored tile.
 *
 * stain strength and shade (in optical density) -> turn or mirror -> defocus (in light) -> brightness -> sensor noise ->
 * sometimes the scanner's sharpening -> sometimes JPEG.
 * @module
 */
import { addNoise, displayed, type LightPicture, rounded, sharpened, stained } from '../simulate/camera.ts';
import { type DefocusedField, defocusedField } from '../simulate/defocused-field.ts';
import { lightOfValue } from '../simulate/light.ts';
import { type Microscope, ONE_WAVELENGTH_UM, type PerChannel } from '../simulate/microscope.ts';
import type { Random } from '../simulate/random.ts';
import { throughJpeg } from '../simulate/stored-picture.ts';
import { CROP_PX, type Crop, type View } from './crops.ts';
import { showsTissue } from './shows-tissue.ts';
import type { SourceImage } from './source-image.ts';

/**
 * Side of the part of a picture that is blurred at once: a crop and some room, and less than a power of two, so that its
 * mirror image keeps the far edge away in the transform.
 */
const FIELD_PX = 240;

/** A view of a random part of a picture at all of the given blurs; undefined when the part shows too little tissue. */
export async function makeView(
	image: SourceImage,
	blurRadiiPx: readonly number[],
	random: Random,
): Promise<View | undefined> {
	const sharpPart = stained(cutField(image, random), randomStain(random));
	const microscope: Microscope = {
		mpp: image.mpp ?? random.between(0.25, 0.5),
		numericalAperture: random.between(0.7, 0.8),
		refractiveIndex: 1,
		wavelengthUm: ONE_WAVELENGTH_UM,
	};
	const field = defocusedField(sharpPart.light, sharpPart.widthPx, sharpPart.heightPx, microscope);
	const x = random.below(FIELD_PX - CROP_PX + 1);
	const y = random.below(FIELD_PX - CROP_PX + 1);
	if (!showsTissue(storedValues(field, 0, 1), field.widthPx, { left: x, top: y, sidePx: CROP_PX })) return undefined;
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

/** A random part, turned or mirrored at random, in light. */
function cutField(image: SourceImage, random: Random): LightPicture {
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

/** Stain strength and shade, drawn. */
function randomStain(random: Random): PerChannel {
	const strength = Math.exp(random.between(-0.6, 0.35));
	const factor = (): number => strength * Math.exp(random.between(-0.15, 0.15));
	return [factor(), factor(), factor()];
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
	const data = rounded(camera.sharpening > 0 ? sharpened(values, widthPx, heightPx, camera.sharpening) : values);
	if (random.uniform() < 0.3) return data;
	const quality = 70 + random.below(26);
	const chromaSubsampling = random.uniform() < 0.75 ? '4:2:0' : '4:4:4';
	return (await throughJpeg({ widthPx, heightPx, data }, { quality, chromaSubsampling })).data;
}

/** Interleaved values 0..255, not rounded. */
function storedValues(field: DefocusedField, blurRadiusPx: number, gain: number): Float32Array {
	const values = displayed({ ...field, light: field.blurred(blurRadiusPx) });
	for (let i = 0; i < values.length; i++) values[i] = gain * values[i]!;
	return values;
}

function cutCrop(rgb: Uint8Array, widthPx: number, x: number, y: number): Uint8Array {
	const crop = new Uint8Array(3 * CROP_PX * CROP_PX);
	for (let row = 0; row < CROP_PX; row++) {
		const from = 3 * ((y + row) * widthPx + x);
		crop.set(rgb.subarray(from, from + 3 * CROP_PX), 3 * CROP_PX * row);
	}
	return crop;
}
