/**
 * `parfocal models`: its three commands, flags and help.
 * @module
 */
import { buildCommand, buildRouteMap, type Command, type RouteMap } from '@stricli/core';
import type { ImportFlags } from '../commands/models-import.ts';
import type { JsonFlag } from '../commands/models-list.ts';
import type { Context } from '../context.ts';
import { text } from '../flags.ts';

const importRoute: Command<Context> = buildCommand<ImportFlags, [string], Context>({
	loader: () => import('../commands/models-import.ts'),
	parameters: {
		flags: {
			name: { kind: 'parsed', parse: text, brief: 'What to call it', placeholder: 'NAME' },
			unit: {
				kind: 'enum',
				values: ['defocusUm', 'blurRadiusPx', 'zLevel', 'score'],
				brief: "What its scores are; the authors' models trained on mean squared error give zLevel",
				optional: true,
			},
			clampAtZero: {
				kind: 'boolean',
				brief: "Clamp a picture's mean score at zero, as the authors do for those models",
				optional: true,
				withNegated: false,
			},
			licence: { kind: 'parsed', parse: text, brief: 'Licence of the weights', placeholder: 'TEXT', optional: true },
			force: { kind: 'boolean', brief: 'Replace a model of that name', optional: true, withNegated: false },
			json: { kind: 'boolean', brief: 'As JSON', optional: true, withNegated: false },
		},
		positional: {
			kind: 'tuple',
			parameters: [{ parse: text, brief: 'Weights: PyTorch .pt, or .safetensors', placeholder: 'FILE' }],
		},
	},
	docs: {
		brief: 'Copy weights into the models folder; nothing in the file is executed',
		fullDescription: [
			'  parfocal models import focuslitenn-1kernel.pt --name authors-1k --unit zLevel --clamp-at-zero',
			'  parfocal scan slide.svs --model authors-1k',
		].join('\n'),
	},
});

const listRoute: Command<Context> = buildCommand<JsonFlag, [], Context>({
	loader: () => import('../commands/models-list.ts'),
	parameters: { flags: { json: { kind: 'boolean', brief: 'As JSON', optional: true, withNegated: false } } },
	docs: { brief: 'Models that come with Parfocal, and imported ones' },
});

const showRoute: Command<Context> = buildCommand<JsonFlag, [string], Context>({
	loader: () => import('../commands/models-show.ts'),
	parameters: {
		flags: { json: { kind: 'boolean', brief: 'As JSON', optional: true, withNegated: false } },
		positional: { kind: 'tuple', parameters: [{ parse: text, brief: 'A model', placeholder: 'NAME' }] },
	},
	docs: { brief: 'What a model is: kernels, pooling, unit, licence, origin' },
});

/** The route of `parfocal models`. */
export const modelsRoute: RouteMap<Context> = buildRouteMap({
	routes: { import: importRoute, list: listRoute, show: showRoute },
	docs: { brief: 'Focus models: import, list, show' },
});
