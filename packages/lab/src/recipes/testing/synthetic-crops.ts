/**
 * Crops drawn for tests: random blobs at several blurs, no file needed.
 * @module
 */
import { CROP_PX, type CropSet, cropSet, type View } from '../../data/crops.ts';
import { defocusedField } from '../../simulate/defocused-field.ts';
import { valueOfLight } from '../../simulate/light.ts';
import { ONE_WAVELENGTH_UM } from '../../simulate/microscope.ts';
import { type Random, seededRandom } from '../../simulate/random.ts';

/** `views` views of drawn tissue, each at every one of `blurs`. */
export function syntheticCrops(views: number, blurs: readonly number[], seed: number): CropSet {
	const random = seededRandom(seed);
	return cropSet(
		Array.from({ length: views }, (_, i): View => {
			const field = defocusedField(drawBlobs(random), CROP_PX, CROP_PX, {
				mpp: 0.5,
				numericalAperture: 0.75,
				refractiveIndex: 1,
				wavelengthUm: ONE_WAVELENGTH_UM,
			});
			const crops = blurs.map((blurRadiusPx) => ({ rgb: stored(field.blurred(blurRadiusPx), random), blurRadiusPx }));
			return { source: `collection ${i % 3}#slide ${i}`, mpp: 0.5, crops };
		}),
	);
}

/** Dark discs and streaks on light ground, in linear light, three planes. */
function drawBlobs(random: Random): Float32Array {
	const area = CROP_PX * CROP_PX;
	const light = new Float32Array(3 * area).fill(0.8);
	for (let blob = 0; blob < 160; blob++) {
		const [cx, cy] = [random.between(0, CROP_PX), random.between(0, CROP_PX)];
		const [rx, ry] = [random.between(1.5, 8), random.between(1.5, 8)];
		const colour = [random.between(0.1, 0.7), random.between(0.05, 0.4), random.between(0.3, 0.7)];
		for (let y = Math.max(0, Math.floor(cy - ry)); y < Math.min(CROP_PX, cy + ry); y++) {
			for (let x = Math.max(0, Math.floor(cx - rx)); x < Math.min(CROP_PX, cx + rx); x++) {
				if (((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 > 1) continue;
				for (let c = 0; c < 3; c++) light[c * area + y * CROP_PX + x] = colour[c]!;
			}
		}
	}
	return light;
}

function stored(light: Float32Array, random: Random): Uint8Array {
	const area = CROP_PX * CROP_PX;
	return Uint8Array.from({ length: 3 * area }, (_, i) => {
		return Math.min(255, Math.max(0, valueOfLight(light[(i % 3) * area + Math.floor(i / 3)]!) + random.normal()));
	});
}
