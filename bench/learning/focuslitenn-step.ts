/** One training step of FocusLiteNN-1 on random pictures, by the WebAssembly trainer. */
import { CROP_PX, cropSet, RGB_BYTES } from '../../packages/lab/src/data/crops.ts';
import { createAdam } from '../../packages/lab/src/recipes/adam.ts';
import { createExtremesModel } from '../../packages/lab/src/recipes/extremes-model.ts';
import { plccLoss } from '../../packages/lab/src/recipes/loss.ts';
import { seededRandom } from '../../packages/lab/src/simulate/random.ts';

/** A step on `batch` crops of 235 px: forward, one minus the correlation, backward, Adam. */
export function focusLiteNNStep(batch: number): () => Promise<void> {
	const random = seededRandom(1);
	const crops = Array.from({ length: batch }, (_, i) => ({
		rgb: Uint8Array.from({ length: RGB_BYTES }, () => random.below(256)),
		blurRadiusPx: i / batch,
	}));
	const set = cropSet([{ source: `random ${CROP_PX}`, mpp: 0.25, crops }]);
	const indices = crops.map((_, i) => i);
	const targets = Float64Array.from(set.blurRadiusPx);
	const model = createExtremesModel(1, 'min', random);
	const optimisers = model.parameters.map(({ length }) => createAdam(length));
	return async () => {
		const { gradient } = plccLoss(model.predict(set, indices), targets);
		for (const [i, group] of model.backward(gradient).entries()) {
			optimisers[i]!.step(model.parameters[i]!, group, 0.01);
		}
	};
}
