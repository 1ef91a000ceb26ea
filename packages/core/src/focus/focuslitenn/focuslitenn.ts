/**
 * FocusLiteNN: one 7x7 convolution with stride 5, pooling over a window, a small head.
 * Source: Wang, Hosseini, Miles, Plataniotis, Wang, "FocusLiteNN: High Efficiency Focus Quality Assessment for Digital
 * Pathology", MICCAI 2020; the procedure is that of the authors' published code.
 * @module
 */
import type { ImmediateModel } from '../focus-model.ts';
import { checkDefinition } from './check-definition.ts';
import type { FocusLiteNNDefinition } from './definition.ts';
import { createWindowHead } from './head.ts';
import { createCellMeter } from './measure-cells.ts';
import { createWindowScorer } from './score-windows.ts';
import { WINDOW_CELLS, WINDOW_PX, WINDOW_STRIDE_PX } from './window-size.ts';

/**
 * The model of a definition.
 *
 * Fast mode differs from exact mode where it must: its windows lie on one grid, none is padded, and an image's mean is
 * nowhere clamped. A model that looks at the black padding (the authors' 2- and 10-kernel models do) needs exact mode.
 * @throws {ModelError} when arrays of the definition do not fit together.
 */
export function createFocusLiteNN(definition: FocusLiteNNDefinition): ImmediateModel {
	checkDefinition(definition);
	const { name, sha256, licence, unit, planes, kernels } = definition;
	return {
		name,
		sha256,
		licence,
		unit,
		planes,
		definition,
		higherMeans: 'blurrier',
		windowPx: WINDOW_PX,
		stridePx: WINDOW_STRIDE_PX,
		scoreWindows: createWindowScorer(definition),
		cells: {
			kernels,
			windowCells: WINDOW_CELLS,
			measure: createCellMeter(definition),
			pool: createWindowHead(definition).ofStatistics,
		},
	};
}
