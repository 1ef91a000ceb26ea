/**
 * All networks by name.
 * @module
 */
import { ModelError, nearestName } from '@parfocal/core';
import { alexnet } from './alexnet.ts';
import { dartsFqa, dartsFqaBioimage, dartsFqaDeepfocus } from './darts-fqa.ts';
import { densenet13 } from './densenet.ts';
import { eonss } from './eonss.ts';
import {
	focuslitenn,
	focuslitenn2,
	focuslitenn10,
	focuslitennMinMax,
	focuslitennMinMax2,
	focuslitennMinMax10,
} from './focuslitenn.ts';
import { focuslitennEnergy } from './focuslitenn-energy.ts';
import { googlenet } from './googlenet.ts';
import { mobilenetV2, mobilenetV2Same } from './mobilenet-v2.ts';
import type { Network } from './network.ts';
import { resnet10, resnet18, resnet50, resnet101 } from './resnet.ts';
import { shufflenetV2 } from './shufflenet-v2.ts';
import { squeezenet } from './squeezenet.ts';
import { vgg16 } from './vgg.ts';

/** Every network: those of the two papers, then variants of them. A name says all there is to know to build one. */
export const NETWORKS: readonly Network[] = [
	focuslitenn,
	eonss,
	densenet13,
	resnet10,
	resnet18,
	resnet50,
	resnet101,
	alexnet,
	googlenet,
	mobilenetV2,
	shufflenetV2,
	squeezenet,
	vgg16,
	dartsFqa,
	focuslitenn2,
	focuslitenn10,
	focuslitennMinMax,
	focuslitennMinMax2,
	focuslitennMinMax10,
	focuslitennEnergy,
	mobilenetV2Same,
	dartsFqaBioimage,
	dartsFqaDeepfocus,
];

/** Names of all networks. */
export const NETWORK_NAMES: readonly string[] = NETWORKS.map(({ name }) => name);

/**
 * The network of that name.
 * @throws {ModelError} when there is none; the message lists the names, the nearest first
 * @example
 * ```ts
 * const network = networkNamed('mobilenet_v2');
 * ```
 */
export function networkNamed(name: string): Network {
	const network = NETWORKS.find((candidate) => candidate.name === name);
	if (network) return network;
	const nearest = nearestName(name, NETWORK_NAMES);
	const names = nearest ? [nearest, ...NETWORK_NAMES.filter((other) => other !== nearest)] : NETWORK_NAMES;
	throw new ModelError(name, `There is no network '${name}'. There are ${names.join(', ')}.`);
}
