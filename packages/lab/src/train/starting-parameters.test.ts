import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Tensors, writeSafetensors } from '@parfocal/core';
import { afterAll, expect, test } from 'vitest';
import { parameterSpecs } from '../networks/network.ts';
import { initialParameters } from '../networks/parameters.ts';
import { networkNamed } from '../networks/registry.ts';
import { seededRandom } from '../simulate/random.ts';
import { startingParameters } from './starting-parameters.ts';

const folder = mkdtempSync(join(tmpdir(), 'parfocal-start-'));
afterAll(() => rmSync(folder, { recursive: true }));
const network = networkNamed('focuslitenn_energy');
const specs = parameterSpecs(network, 'classifier', 3, 64);

function written(name: string, tensors: Tensors): string {
	const path = join(folder, name);
	writeFileSync(path, writeSafetensors(tensors));
	return path;
}

test('random ones, decided by the seed', async () => {
	const one = await startingParameters(network, specs, seededRandom(1));
	expect(one.parameters).toEqual(initialParameters(specs, seededRandom(1)));
	expect(one.note).toMatch(/Random/);
	expect((await startingParameters(network, specs, seededRandom(2))).parameters).not.toEqual(one.parameters);
});

test('those of a file, head and all', async () => {
	const other = initialParameters(specs, seededRandom(9));
	const { parameters, note } = await startingParameters(
		network,
		specs,
		seededRandom(1),
		written('same.safetensors', other),
	);
	expect(parameters).toEqual(other);
	expect(note).toBe('Started from same.safetensors; its head fits too.');
});

test('a head of another size starts anew, all of it', async () => {
	const wide = initialParameters(parameterSpecs(network, 'classifier', 5, 64), seededRandom(9));
	const { parameters, note } = await startingParameters(
		network,
		specs,
		seededRandom(1),
		written('wide.safetensors', wide),
	);
	expect(note).toMatch(/its head does not fit and starts from random parameters/);
	expect(parameters.get('conv.weight')).toEqual(wide.get('conv.weight'));
	const fresh = initialParameters(specs, seededRandom(1));
	for (const key of ['head.0.weight', 'head.0.bias', 'head.2.weight', 'head.2.bias']) {
		expect(parameters.get(key)).toEqual(fresh.get(key));
	}
	expect([...parameters.keys()].sort()).toEqual(specs.map(({ key }) => key).sort());
});

test('another network, no weights, no file: said, with the path', async () => {
	const eonss = initialParameters(parameterSpecs(networkNamed('eonss'), 'classifier', 1), seededRandom(1));
	const start = (path: string) => startingParameters(network, specs, seededRandom(1), path);
	await expect(start(written('eonss.safetensors', eonss))).rejects.toThrow(
		/do not fit focuslitenn_energy: conv.weight/,
	);
	writeFileSync(join(folder, 'text.pth'), 'hello');
	await expect(start(join(folder, 'text.pth'))).rejects.toThrow(/text\.pth is neither a PyTorch file/);
	await expect(start(join(folder, 'none.pth'))).rejects.toThrow(/none\.pth does not exist/);
});
