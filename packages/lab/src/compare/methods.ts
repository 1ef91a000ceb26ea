/**
 * What can be compared, by name: the rows of both papers' tables, our own models, and baselines.
 * @module
 */
import { ArgumentError, nearestName } from '@parfocal/core';
import { networkNamed } from '../networks/registry.ts';
import { type Family, FORMULA_NAMES, SCORER_NAMES } from './scorer.ts';

/** A method: one that scores as it is, one that is trained on the data at hand, or one that does not look at pictures. */
export interface Method {
	/** As a user types it: `mlv`, `eonss`, `squeezenet1_0/oe`, or a file of weights. */
	readonly name: string;
	readonly family: Family;
	readonly kind: 'scores' | 'trains' | 'constant';
	/** What is trained. */
	readonly network?: string;
	readonly loss?: string;
}

/** Networks of the first paper, trained for the correlation with distance from focus. */
const REGRESSION_NETWORKS = [
	'focuslitenn',
	'focuslitenn_2',
	'focuslitenn_10',
	'focuslitenn_energy',
	'eonss',
	'densenet13',
	'resnet10',
	'resnet50',
	'resnet101',
	'darts_fqa',
] as const;

/** Networks and losses of the second, in the order of its tables. */
export const ORDINAL_NETWORKS: readonly string[] = [
	'alexnet',
	'googlenet',
	'resnet18',
	'mobilenet_v2',
	'shufflenet_v2_x1_0',
	'squeezenet1_0',
	'vgg16',
];
/** Its six losses, in the order of its tables. */
export const ORDINAL_LOSSES: readonly string[] = ['ce', 'bu', 'oe', 'co', 'co2', 'ho2'];

/** Answers that do not look at the picture: the commonest class, and the middle one. */
export const CONSTANT_METHODS = ['majority-class', 'median-class'] as const;

/** All methods, in the order of tables. */
export const METHODS: readonly Method[] = [
	...CONSTANT_METHODS.map((name): Method => ({ name, family: 'baseline', kind: 'constant' })),
	...SCORER_NAMES.map((name): Method => ({ name, family: familyOf(name), kind: 'scores' })),
	...REGRESSION_NETWORKS.map(
		(name): Method => ({ name, family: 'regression', kind: 'trains', network: name, loss: 'plcc' }),
	),
	...ORDINAL_NETWORKS.flatMap((network) =>
		ORDINAL_LOSSES.map(
			(loss): Method => ({ name: `${network}/${loss}`, family: 'ordinal', kind: 'trains', network, loss }),
		),
	),
];

/** Names that stand for several methods. */
const GROUPS: Readonly<Record<string, (method: Method) => boolean>> = {
	all: () => true,
	untrained: ({ kind }) => kind !== 'trains',
	trained: ({ kind }) => kind === 'trains',
	'knowledge-based': ({ family }) => family === 'knowledge-based',
	shipped: ({ family }) => family === 'shipped',
	regression: ({ family }) => family === 'regression',
	ordinal: ({ family }) => family === 'ordinal',
};

/** Names of groups of methods. */
export const METHOD_GROUPS: readonly string[] = Object.keys(GROUPS);

/**
 * The methods that a list names: names of methods or groups, any network with any loss as `network/loss`, or files of
 * weights; each once, in the order of tables, files last.
 * @throws {ArgumentError} when a name is none of these
 * @throws {ModelError} when there is no such network
 * @example
 * ```ts
 * methodsNamed(['knowledge-based', 'eonss', 'squeezenet1_0/oe', 'scanner.safetensors']);
 * ```
 */
export function methodsNamed(names: readonly string[]): Method[] {
	const wanted = new Map<string, Method>();
	for (const name of names) for (const method of methodsOf(name)) wanted.set(method.name, method);
	const known = METHODS.filter((method) => wanted.has(method.name));
	return [...known, ...[...wanted.values()].filter((method) => !METHODS.includes(method))];
}

function methodsOf(name: string): readonly Method[] {
	const group = Object.hasOwn(GROUPS, name) ? GROUPS[name] : undefined;
	if (group) return METHODS.filter(group);
	const method = METHODS.find((each) => each.name === name);
	if (method) return [method];
	if (/\.(safetensors|pt|pth)$/i.test(name)) return [{ name, family: 'file', kind: 'scores' }];
	const [network, loss, ...rest] = name.split('/');
	if (network && loss && rest.length === 0) {
		networkNamed(network);
		return [{ name, family: loss === 'plcc' ? 'regression' : 'ordinal', kind: 'trains', network, loss }];
	}
	const meant = nearestName(name, [...METHOD_GROUPS, ...METHODS.map((each) => each.name)]);
	throw new ArgumentError(
		'methods',
		`There is no method '${name}'.${meant === undefined ? '' : ` Did you mean '${meant}'?`} There are the groups ${METHOD_GROUPS.join(', ')}; the names of metrics, models and networks; network/loss; and files of weights.`,
	);
}

function familyOf(name: string): Family {
	if (name === 'laplacian-variance') return 'baseline';
	return FORMULA_NAMES.includes(name) ? 'knowledge-based' : 'shipped';
}
