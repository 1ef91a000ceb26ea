import { ModelError } from '@parfocal/core';
import { expect, test } from 'vitest';
import { openNodeEngine } from '../engine/runtime/node-engine.ts';
import { createNetworkModel } from './network-model.ts';
import { listShippedNetworks, loadShippedNetwork } from './shipped-networks.ts';

test.each(listShippedNetworks())(
	'%s: loads, says its licence and that it saw simulated data, and calls noise sharper than a ramp',
	async (name) => {
		const { file, sha256 } = await loadShippedNetwork(name);
		expect(sha256).toMatch(/^[0-9a-f]{64}$/);
		expect(file.description).toMatchObject({ licence: 'Apache-2.0', unit: 'zLevel', higherMeans: 'blurrier' });
		expect(file.description.trainedOn).toMatch(/simulated/);
		const model = await createNetworkModel(file, await openNodeEngine('cpu'), { name, sha256, batch: 1 });
		const picture = (of: (i: number) => number) => ({
			...{
				layout: 'rgb' as const,
				widthPx: 240,
				heightPx: 240,
				data: Uint8Array.from({ length: 3 * 240 * 240 }, (_, i) => of(i)),
			},
		});
		const { score: noise } = await model.scoreWindows(picture((i) => 90 + ((i * 7919) % 100)));
		const { score: ramp } = await model.scoreWindows(picture((i) => 90 + (Math.floor(i / 3) % 240) / 3));
		expect(ramp).toBeGreaterThan(noise + 2);
		await model.close();
	},
);

test('there is an ordinal one, and a wrong name lists what there is', async () => {
	expect(listShippedNetworks()).toContain('ordinal-luma4-energy');
	await expect(loadShippedNetwork('ordinal-luma5-energy')).rejects.toThrow(ModelError);
	await expect(loadShippedNetwork('ordinal-luma5-energy')).rejects.toThrow(/Did you mean 'ordinal-luma4-energy'/);
	await expect(loadShippedNetwork('constructor')).rejects.toThrow(ModelError);
});
