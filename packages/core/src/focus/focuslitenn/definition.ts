/**
 * The parameters of a FocusLiteNN model as plain data.
 * Source: Wang, Hosseini, Miles, Plataniotis, Wang, "FocusLiteNN: High Efficiency Focus Quality Assessment for Digital
 * Pathology", MICCAI 2020, equations 1-3.
 * @module
 */
import type { CalibrationCurve } from '../../calibration/curve.ts';
import type { ScoreUnit } from '../focus-model.ts';

/** Taps a side and step of the one convolution. */
export const KERNEL_TAPS = 7;
export const RESPONSE_STRIDE_PX = 5;

/**
 * How a window's responses become features.
 * `min`: the minimum of each kernel (the published code). `minMax`: minimum and maximum (equation 2), features
 * `min_0, max_0, min_1, …`. `energy`: from each kernel's mergeable statistics the logarithms of mean square about the mean,
 * mean magnitude, maximum and minimum about the mean (our own extension).
 */
export type Pooling = 'min' | 'minMax' | 'energy';

/** A dense layer: `weight` is `[outputs][inputs]` row-major. */
export interface DenseLayer {
	readonly inputs: number;
	readonly outputs: number;
	readonly weight: Float32Array;
	readonly bias: Float32Array;
}

/** A FocusLiteNN model. */
export interface FocusLiteNNDefinition {
	readonly kind: 'focuslitenn';
	readonly name: string;
	/** SHA-256 of the file it came from, hex. */
	readonly sha256: string;
	readonly licence: string;
	/** Where it came from, one line: trained by us on what, or imported from which file. */
	readonly origin: string;
	readonly planes: 'all' | 'luma';
	readonly pooling: Pooling;
	readonly kernels: number;
	/** `[kernel][channel][row][column]`, channel 3 (RGB) or 1 (luma); cross-correlation; pixels scaled to 0..1. */
	readonly convWeight: Float32Array;
	readonly convBias: Float32Array;
	/** Layers after pooling, ReLU between them; none means the single feature is the raw score. */
	readonly head: readonly DenseLayer[];
	/** Zero padding around each exact crop: 1 as published, 0 for models trained without it. */
	readonly paddingPx: 0 | 1;
	/** The authors' MSE models clamp an image's mean score at 0. */
	readonly clampAtZero: boolean;
	readonly unit: ScoreUnit;
	readonly calibration?: CalibrationCurve;
	/** Pixel sizes (µm) the model was trained for; undefined when unknown. */
	readonly mppRange?: readonly [number, number];
}
