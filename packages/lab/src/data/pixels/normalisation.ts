/**
 * From bytes to what a network is given.
 * @module
 */

/** `bytes`: as stored. Otherwise `(byte / 255 - mean) / deviation` for red, green and blue. */
export type Normalisation = 'bytes' | ChannelStatistics;

/** Mean and deviation of red, green and blue on the scale 0..1. */
export interface ChannelStatistics {
	readonly mean: readonly [number, number, number];
	readonly deviation: readonly [number, number, number];
}

/** 0..1 and nothing else: FocusLiteNN and its fellows. */
export const UNIT_RANGE: ChannelStatistics = { mean: [0, 0, 0], deviation: [1, 1, 1] };

/** ImageNet's statistics, as torchvision's networks expect them. */
export const IMAGENET_STATISTICS: ChannelStatistics = {
	mean: [0.485, 0.456, 0.406],
	deviation: [0.229, 0.224, 0.225],
};

/** What each of the 256 bytes becomes, for red, green and blue. */
export function normalisationTables({ mean, deviation }: ChannelStatistics): Float32Array[] {
	return mean.map((centre, c) =>
		Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - centre) / deviation[c]!),
	);
}
