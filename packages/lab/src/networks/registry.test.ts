import { ModelError } from '@parfocal/core';
import { describe, expect, test } from 'vitest';
import { NETWORK_NAMES, NETWORKS, networkNamed } from './registry.ts';

/** The names that the command line promises. */
const PUBLISHED = [
	'focuslitenn',
	'eonss',
	'densenet13',
	'resnet10',
	'resnet18',
	'resnet50',
	'resnet101',
	'alexnet',
	'googlenet',
	'mobilenet_v2',
	'shufflenet_v2_x1_0',
	'squeezenet1_0',
	'vgg16',
	'darts_fqa',
];

describe('networks by name', () => {
	test('the fourteen published ones come first', () => {
		expect(NETWORK_NAMES.slice(0, PUBLISHED.length)).toEqual(PUBLISHED);
	});

	test('every name finds its network, and no two are the same', () => {
		for (const network of NETWORKS) expect(networkNamed(network.name)).toBe(network);
		expect(new Set(NETWORK_NAMES).size).toBe(NETWORKS.length);
	});

	test('a wrong name lists the right ones, the nearest first', () => {
		expect(() => networkNamed('mobilenetv2')).toThrow(ModelError);
		expect(() => networkNamed('mobilenetv2')).toThrow(
			/^There is no network 'mobilenetv2'. There are mobilenet_v2, focuslitenn, eonss, /,
		);
		expect(() => networkNamed('resnet-50')).toThrow(/There are resnet50, /);
	});

	test('a name that is near to none lists all, as does an empty one', () => {
		for (const name of ['transformer', '', 'constructor']) {
			expect(() => networkNamed(name)).toThrow(`There are ${NETWORK_NAMES.join(', ')}.`);
		}
	});

	test('each says where it was published and how large its pictures are', () => {
		for (const { source, inputPx } of NETWORKS) {
			expect(source.length).toBeGreaterThan(10);
			expect([64, 224, 235]).toContain(inputPx);
		}
	});
});
