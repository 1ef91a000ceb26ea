import { ArgumentError, ModelError, metricNames } from '@parfocal/core';
import { expect, test } from 'vitest';
import { METHOD_GROUPS, METHODS, methodsNamed, ORDINAL_LOSSES, ORDINAL_NETWORKS } from './methods.ts';

const namesOf = (names: readonly string[]): string[] => methodsNamed(names).map(({ name }) => name);

test('all rows of both papers are there', () => {
	const names = METHODS.map(({ name }) => name);
	for (const metric of metricNames()) expect(names).toContain(metric);
	for (const network of [
		'focuslitenn',
		'focuslitenn_2',
		'focuslitenn_10',
		'eonss',
		'densenet13',
		'resnet10',
		'resnet50',
		'resnet101',
	])
		expect(names).toContain(network);
	expect(methodsNamed(['ordinal'])).toHaveLength(42);
	for (const network of ORDINAL_NETWORKS)
		for (const loss of ORDINAL_LOSSES) expect(names).toContain(`${network}/${loss}`);
	expect(new Set(names).size).toBe(names.length);
});

test('groups are made of whole methods: trained and untrained make all', () => {
	expect(namesOf(['untrained', 'trained']).sort()).toEqual(namesOf(['all']).sort());
	expect(namesOf(['knowledge-based'])).toEqual(expect.arrayContaining(['mlv', 'sparish', 'gpc-si']));
	expect(METHOD_GROUPS).toContain('shipped');
	for (const group of METHOD_GROUPS) expect(namesOf([group]).length).toBeGreaterThan(0);
});

test('each once, in the order of tables, files and own pairs last', () => {
	expect(namesOf(['a.safetensors', 'eonss', 'mlv', 'resnet10/oe', 'eonss', 'majority-class'])).toEqual([
		'majority-class',
		'mlv',
		'eonss',
		'a.safetensors',
		'resnet10/oe',
	]);
});

test('a pair of network and loss trains in classes, a file scores', () => {
	const [file, pair] = methodsNamed(['x/y.pt', 'eonss/co2']);
	expect(file).toMatchObject({ name: 'x/y.pt', kind: 'scores', family: 'file' });
	expect(pair).toMatchObject({ kind: 'trains', family: 'ordinal', network: 'eonss', loss: 'co2' });
});

test('a wrong name is refused with what was meant, a wrong network with its own list', () => {
	expect(() => methodsNamed(['fqpat'])).toThrow(/Did you mean 'fqpath'\?/);
	expect(() => methodsNamed(['fqpat'])).toThrow(ArgumentError);
	expect(() => methodsNamed(['resnet11/oe'])).toThrow(ModelError);
	for (const odd of ['constructor', 'a/b/c', '__proto__', '/'])
		expect(() => methodsNamed([odd])).toThrow(ArgumentError);
});
