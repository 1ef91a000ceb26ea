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
			json: { kind: 'boolean', brief: 'As JSON', optional: true, withNegated: false },
		},
		positional: {
			kind: 'tuple',
			parameters: [{ parse: text, brief: 'Weights: PyTorch .pt, or .safetensors', placeholder: 'FILE' }],
		},
	},
	docs: {
		brief: 'Copy weights into the models folder; nothing in the file is executed',
		fullDescription: '  parfocal models import focuslitenn-1kernel.pt --name authors-1k',
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
