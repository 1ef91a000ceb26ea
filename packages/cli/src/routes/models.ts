/**
 * `parfocal models`: its three commands, flags and help.
 * @module
 */
import { buildCommand, buildRouteMap, type Command, type RouteMap } from '@stricli/core';
import type { ExportFlags } from '../commands/models-export.ts';
import type { ImportFlags } from '../commands/models-import.ts';
import type { JsonFlag } from '../commands/models-list.ts';
import type { Context } from '../context.ts';
import { integerBetween, text } from '../flags.ts';

const importRoute: Command<Context> = buildCommand<ImportFlags, [string], Context>({
	loader: () => import('../commands/models-import.ts'),
	parameters: {
		flags: {
			name: { kind: 'parsed', parse: text, brief: 'What to call it', placeholder: 'NAME' },
			network: {
				kind: 'parsed',
				parse: text,
				brief: 'Which network the weights are of, for .pth and .safetensors with its names in PyTorch',
				placeholder: 'NAME',
				optional: true,
			},
			head: {
				kind: 'enum',
				values: ['classifier', 'gap', 'flatten'],
				brief: 'What answers: its own last layer, or an ordinal head',
				optional: true,
			},
			loss: {
				kind: 'parsed',
				parse: text,
				brief: 'Loss it was trained with, which says how answers are read [default = plcc]',
				placeholder: 'NAME',
				optional: true,
			},
			classes: {
				kind: 'parsed',
				parse: integerBetween(1, 100),
				brief: 'Ordered classes it answers with',
				placeholder: 'N',
				optional: true,
			},
			inputPx: {
				kind: 'parsed',
				parse: integerBetween(16, 2048),
				brief: 'Side of what it looks at [default = by network]',
				placeholder: 'N',
				optional: true,
			},
			windowPx: {
				kind: 'parsed',
				parse: integerBetween(16, 8192),
				brief: 'Side of the square of stored pixels that is made that size, where pictures are resampled',
				placeholder: 'N',
				optional: true,
			},
			normalisation: {
				kind: 'parsed',
				parse: text,
				brief: 'unit, imagenet, or means/deviations from 0 to 255 [default = by network]',
				placeholder: 'R,G,B/R,G,B',
				optional: true,
			},
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
			'  parfocal models import densenet13.pt --network densenet13 --name dense',
			'  parfocal models import my-run/model.safetensors --name mine',
		].join('\n'),
	},
});

const exportRoute: Command<Context> = buildCommand<ExportFlags, [string], Context>({
	loader: () => import('../commands/models-export.ts'),
	parameters: {
		flags: {
			onnx: { kind: 'parsed', parse: text, brief: 'ONNX file to write', placeholder: 'FILE' },
			batch: {
				kind: 'parsed',
				parse: integerBetween(1, 1024),
				brief: 'Pictures at a time',
				placeholder: 'N',
				default: '1',
			},
		},
		positional: {
			kind: 'tuple',
			parameters: [{ parse: text, brief: 'An imported network, or its file', placeholder: 'NAME|FILE' }],
		},
	},
	docs: {
		brief: 'Write a network as an ONNX file: pictures from 0 to 255 in, answers out',
		fullDescription: '  parfocal models export my-run/model.safetensors --onnx focus.onnx --batch 8',
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
	routes: { import: importRoute, export: exportRoute, list: listRoute, show: showRoute },
	docs: { brief: 'Focus models: import, export, list, show' },
});
