/**
 * `parfocal demo`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { DemoFlags } from '../commands/demo.ts';
import type { Context } from '../context.ts';
import { text } from '../flags.ts';

/** The route of `parfocal demo`. */
export const demoRoute: Command<Context> = buildCommand<DemoFlags, [], Context>({
	loader: () => import('../commands/demo.ts'),
	parameters: {
		flags: {
			out: {
				kind: 'parsed',
				parse: text,
				brief: 'Folder for the slide and its results',
				placeholder: 'DIR',
				default: 'demo',
			},
		},
	},
	docs: {
		brief: 'Make a slide with known blur, scan it, say where the report is',
		fullDescription: '  parfocal demo',
	},
});
