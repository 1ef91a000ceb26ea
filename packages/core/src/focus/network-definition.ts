/**
 * A neural network as a model: what is known of it without its numbers. Networks run on an engine that `core` knows
 * nothing of; `@parfocal/lab` makes the model.
 * @module
 */
import type { ScoreUnit } from './focus-model.ts';

/** Key in a safetensors file's metadata under which a trained network describes itself. */
export const NETWORK_METADATA_KEY = 'parfocal.network';

/** Facts of a network model. */
export interface NetworkDefinition {
	readonly kind: 'network';
	readonly name: string;
	/** SHA-256 of the weights file, hex. */
	readonly sha256: string;
	readonly licence: string;
	/** Where the weights came from, one line. */
	readonly origin: string;
	/** Name of the architecture, such as `resnet18`. */
	readonly network: string;
	/** Side of the square one score looks at, level-0 px, and the step to the next. */
	readonly windowPx: number;
	readonly stridePx: number;
	readonly unit: ScoreUnit;
	readonly higherMeans: 'blurrier' | 'sharper';
	/** Pixel sizes (µm) the network was trained for; undefined when unknown. */
	readonly mppRange?: readonly [number, number];
}
