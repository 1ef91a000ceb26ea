/**
 * The networks that come with the lab.
 * @module
 */
import { bytesFromBase64, sha256, unknownModel } from '@parfocal/core';
import { type NetworkFile, readNetworkFile } from '../networks/model-file.ts';
import { shippedNetworks } from './shipped-networks.gen.ts';

/** A network that ships. */
export interface ShippedNetwork {
	readonly name: string;
	readonly file: NetworkFile;
	/** SHA-256 of its file, hex. */
	readonly sha256: string;
}

/** Names of the networks that ship, sorted. */
export function listShippedNetworks(): string[] {
	return Object.keys(shippedNetworks).sort();
}

/**
 * Loads a network that ships.
 * @throws {ModelError} when there is none of that name; the message lists those there are
 * @example
 * ```ts
 * const { file, name, sha256 } = await loadShippedNetwork('eonss-defocus');
 * const model = await createNetworkModel(file, await openNodeEngine('cpu'), { name, sha256 });
 * ```
 */
export async function loadShippedNetwork(name: string): Promise<ShippedNetwork> {
	if (!Object.hasOwn(shippedNetworks, name)) throw unknownModel(name, listShippedNetworks());
	const bytes = bytesFromBase64(shippedNetworks[name]!);
	return { name, file: readNetworkFile(bytes, name), sha256: await sha256(bytes) };
}
