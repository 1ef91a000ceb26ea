/**
 * How the methods that are trained are trained in a comparison.
 * @module
 */
import type { Device } from '../engine/runtime/engine.ts';
import type { GivenSettings } from '../train/settings.ts';
import type { Method } from './methods.ts';
import type { StartingWeights } from './starting-weights.ts';

/** How much is trained: as published, or what two processor cores can do in minutes. */
export type ProtocolName = 'papers' | 'reduced';

/** Names of all. */
export const PROTOCOL_NAMES: readonly ProtocolName[] = ['papers', 'reduced'];

/** What a method is trained with, or why it is not. */
export type Plan = { readonly settings: GivenSettings } | { readonly leftOut: string };

/** What plans depend on. */
export interface PlanOptions {
	readonly protocol: ProtocolName;
	/** Files of weights by network, such as ImageNet's: its backbone is then frozen in the reduced protocol. */
	readonly weights: ReadonlyMap<string, StartingWeights>;
	/** Epochs for all, whatever the protocol says. */
	readonly epochs?: number | undefined;
	/** Where to train; default the processor. */
	readonly device?: Device | undefined;
}

/** Small networks, trained whole on crops of the pixels as stored: epochs that suffice on some thousand patches. */
const REDUCED_CROPS: Readonly<Record<string, { readonly epochs: number; readonly learningRate: number }>> = {
	focuslitenn: { epochs: 60, learningRate: 0.01 },
	focuslitenn_2: { epochs: 60, learningRate: 0.01 },
	focuslitenn_10: { epochs: 60, learningRate: 0.01 },
	focuslitenn_energy: { epochs: 40, learningRate: 0.01 },
	eonss: { epochs: 12, learningRate: 0.001 },
	darts_fqa: { epochs: 6, learningRate: 0.001 },
	densenet13: { epochs: 4, learningRate: 0.001 },
};

/** Epochs of a head on features of a frozen backbone: cheap, so as published. */
const HEAD_EPOCHS = 200;

/** The plan for a method that is trained. */
export function planOf({ network, loss }: Method, { protocol, weights, epochs, device }: PlanOptions): Plan {
	const own = (settings: Partial<GivenSettings>): Plan => ({
		settings: {
			...{ network: network!, loss: loss!, ...settings },
			...(epochs !== undefined && { epochs }),
			...(device !== undefined && { device }),
		},
	});
	const start = weights.get(network!);
	if (protocol === 'papers') return own(start ?? {});
	if (start) return own({ ...start, freeze: 'backbone', head: 'gap', epochs: HEAD_EPOCHS, learningRate: 3e-4 });
	const crops = REDUCED_CROPS[network!];
	if (crops) return own(loss === 'plcc' ? crops : { ...crops, head: 'classifier' });
	return {
		leftOut: `${network} is not in the reduced protocol: it takes hours on a processor, and no weights to start from were given (--weights).`,
	};
}
