/**
 * `parfocal train-dictionary`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { TrainDictionaryFlags } from '../commands/train-dictionary.ts';
import type { Context } from '../context.ts';
import { integerBetween, text } from '../flags.ts';

/** The route of `parfocal train-dictionary`. */
export const trainDictionaryRoute: Command<Context> = buildCommand<TrainDictionaryFlags, string[], Context>({
	loader: () => import('../commands/train-dictionary.ts'),
	parameters: {
		flags: {
			out: { kind: 'parsed', parse: text, brief: 'The dictionary to write', placeholder: 'FILE' },
			iterations: {
				kind: 'parsed',
				parse: integerBetween(1, 10_000),
				brief: 'Rounds of learning',
				placeholder: 'N',
				default: '20',
			},
			atoms: {
				kind: 'parsed',
				parse: atomCount,
				brief: 'Patterns to learn, 64 to 1024 in eights',
				placeholder: 'N',
				default: '256',
			},
			blocks: {
				kind: 'parsed',
				parse: integerBetween(1024, 1_000_000),
				brief: 'Blocks of 8 x 8 pixels to learn from, drawn from all pictures',
				placeholder: 'N',
				default: '20000',
			},
			seed: {
				kind: 'parsed',
				parse: integerBetween(0, 2 ** 32 - 1),
				brief: 'Same pictures, same seed, same dictionary',
				placeholder: 'N',
				default: '1',
			},
		},
		aliases: { o: 'out' },
		positional: {
			kind: 'array',
			minimum: 1,
			parameter: { parse: text, brief: 'Sharp pictures: PNG, JPEG, TIFF', placeholder: 'IMAGE' },
		},
	},
	docs: {
		brief: 'Learn a dictionary for the SPARISH metric from sharp pictures',
		fullDescription: [
			'SPARISH measures how well few patterns make up the edges of a picture. Its own patterns are cosines; patterns',
			'learned from sharp pictures of your stain and scanner fit better. Scores of two dictionaries do not compare.',
			'',
			'  parfocal train-dictionary sharp/*.png --out he-40x.safetensors',
		].join('\n'),
	},
});

/** A number of atoms that a dictionary can have. */
function atomCount(input: string): number {
	const atoms = integerBetween(64, 1024)(input);
	if (atoms % 8 !== 0) throw new RangeError('give a multiple of 8 from 64 to 1024');
	return atoms;
}
