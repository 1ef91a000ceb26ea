import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError, ReadError } from '@parfocal/core';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { startingWeightsIn, WEIGHTS_LIST } from './starting-weights.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'weights-'));
	onTestFinished(() => rm(folder, { recursive: true }));
});

const put = (name: string, text = ''): Promise<void> => writeFile(join(folder, name), text);

test('files go by the names of their networks, and no network takes the file of a longer name', async () => {
	for (const name of [
		'resnet18.pth',
		'resnet101-imagenet.safetensors',
		'mobilenet_v2_same.pt',
		'squeezenet1_0-x.pt',
		'vgg16.txt',
	])
		await put(name);
	const found = await startingWeightsIn(folder, [
		'resnet10',
		'resnet18',
		'resnet101',
		'mobilenet_v2',
		'squeezenet1_0',
		'vgg16',
	]);
	expect([...found].map(([network, { weights }]) => [network, weights.slice(folder.length + 1)])).toEqual([
		['resnet18', 'resnet18.pth'],
		['resnet101', 'resnet101-imagenet.safetensors'],
		['squeezenet1_0', 'squeezenet1_0-x.pt'],
	]);
});

test('a list says all, also what a file needs', async () => {
	await put('resnet18.pth');
	const normalisation = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };
	await put(
		WEIGHTS_LIST,
		JSON.stringify({ mobilenet_v2: { weights: 'm.st', network: 'mobilenet_v2_same', normalisation } }),
	);
	expect([...(await startingWeightsIn(folder, ['resnet18', 'mobilenet_v2']))]).toEqual([
		['mobilenet_v2', { weights: join(folder, 'm.st'), network: 'mobilenet_v2_same', normalisation }],
	]);
});

test.each(['{', '[]x', '{"a":{}}', '{"a":{"weights":3}}', 'null'])('a damaged list is named: %s', async (text) => {
	await put(WEIGHTS_LIST, text);
	await expect(startingWeightsIn(folder, [])).rejects.toThrow(FormatError);
	await expect(startingWeightsIn(folder, [])).rejects.toThrow(/weights\.json is damaged/);
});

test('a folder that is not there is named', async () => {
	await expect(startingWeightsIn(join(folder, 'none'), [])).rejects.toThrow(ReadError);
});
