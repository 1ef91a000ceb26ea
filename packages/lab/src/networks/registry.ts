/**
 * All networks by name.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { alexnet } from './alexnet.ts';
import { type DartsGenotype, dartsFqa } from './darts-fqa.ts';
import { densenet13 } from './densenet.ts';
import { eonss } from './eonss.ts';
import { type FocusLiteNNOptions, focuslitenn } from './focuslitenn.ts';
import { focuslitennEnergy } from './focuslitenn-energy.ts';
import { googlenet } from './googlenet.ts';
import { type MobileNetOptions, mobilenetV2 } from './mobilenet-v2.ts';
import type { Network } from './network.ts';
import { resnet10, resnet18, resnet50, resnet101 } from './resnet.ts';
import { shufflenetV2 } from './shufflenet-v2.ts';
import { squeezenet } from './squeezenet.ts';
import { vgg16 } from './vgg.ts';

/** Choices within a network: kernels and pooling of FocusLiteNN, genotype of DARTS-FQA, padding of MobileNetV2. */
export type NetworkOptions = Readonly<Record<string, string | number>>;

interface Entry {
	/** What each option may be; `count` is a positive whole number. */
	readonly options: Readonly<Record<string, readonly string[] | 'count'>>;
	readonly make: (options: NetworkOptions) => Network;
}

const plain = (network: Network): Entry => ({ options: {}, make: () => network });

const ENTRIES: Readonly<Record<string, Entry>> = {
	focuslitenn: {
		options: { kernels: 'count', pooling: ['min', 'minMax'] },
		make: (options) => focuslitenn(options as FocusLiteNNOptions),
	},
	focuslitenn_energy: plain(focuslitennEnergy),
	eonss: plain(eonss),
	densenet13: plain(densenet13),
	resnet10: plain(resnet10),
	resnet18: plain(resnet18),
	resnet50: plain(resnet50),
	resnet101: plain(resnet101),
	alexnet: plain(alexnet),
	googlenet: plain(googlenet),
	mobilenet_v2: {
		options: { padding: ['even', 'same'] },
		make: (options) => mobilenetV2(options as MobileNetOptions),
	},
	shufflenet_v2_x1_0: plain(shufflenetV2),
	squeezenet1_0: plain(squeezenet),
	vgg16: plain(vgg16),
	darts_fqa: {
		options: { genotype: ['focuspath', 'bioimage', 'deepfocus'] },
		make: (options) => dartsFqa(options as { genotype?: DartsGenotype }),
	},
};

/** Names of all networks, as users type them. */
export const NETWORK_NAMES: readonly string[] = Object.keys(ENTRIES);

/**
 * A network by its name.
 * @throws {ArgumentError} for a name that is none, with those that are; for an option the network does not have, or a value
 * it cannot have
 * @example
 * ```ts
 * const network = networkNamed('focuslitenn', { kernels: 10, pooling: 'minMax' });
 * ```
 */
export function networkNamed(name: string, options: NetworkOptions = {}): Network {
	if (!Object.hasOwn(ENTRIES, name)) {
		throw new ArgumentError('network', `There is no network "${name}". Choose one of ${NETWORK_NAMES.join(', ')}.`);
	}
	const entry = ENTRIES[name]!;
	for (const [option, value] of Object.entries(options)) {
		const allowed = Object.hasOwn(entry.options, option) ? entry.options[option] : undefined;
		if (allowed === undefined) {
			const known = Object.keys(entry.options).join(', ') || 'none';
			throw new ArgumentError(option, `The network ${name} has no option "${option}"; it has: ${known}.`);
		}
		const sound = allowed === 'count' ? Number.isInteger(value) && Number(value) > 0 : allowed.includes(String(value));
		if (!sound) {
			const may = allowed === 'count' ? 'a whole number from 1' : `one of ${allowed.join(', ')}`;
			throw new ArgumentError(option, `Option "${option}" of the network ${name} must be ${may}, not "${value}".`);
		}
	}
	return entry.make(options);
}
