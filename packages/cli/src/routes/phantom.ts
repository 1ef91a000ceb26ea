/**
 * `parfocal phantom`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { PhantomFlags } from '../commands/phantom.ts';
import type { Context } from '../context.ts';
import { integerBetween, numberBetween, text } from '../flags.ts';

/** The route of `parfocal phantom`. */
export const phantomRoute: Command<Context> = buildCommand<PhantomFlags, [string], Context>({
	loader: () => import('../commands/phantom.ts'),
	parameters: {
		flags: {
			size: {
				kind: 'parsed',
				parse: slideSize,
				brief: 'Width and height in pixels, 64 to 100,000 each',
				placeholder: 'WxH',
				default: '8192x8192',
			},
			mpp: {
				kind: 'parsed',
				parse: numberBetween(0.1, 2, ' µm per pixel'),
				brief: 'Micrometres per pixel; 0.25 is a 40x scan',
				placeholder: 'N',
				default: '0.25',
			},
			seed: {
				kind: 'parsed',
				parse: integerBetween(0, 2 ** 32 - 1),
				brief: 'Another seed, another slide; the same seed, the same bytes',
				placeholder: 'N',
				default: '1',
			},
			quality: {
				kind: 'parsed',
				parse: integerBetween(1, 100),
				brief: 'JPEG quality',
				placeholder: 'N',
				default: '80',
			},
			subsampling: {
				kind: 'enum',
				values: ['420', '444'],
				brief: 'Colour at half resolution (420) or full (444)',
				default: '420',
			},
			layout: {
				kind: 'enum',
				values: ['svs', 'generic'],
				brief: 'As an Aperio scanner lays files out, or a plain pyramid [default = by the name of OUT]',
				optional: true,
			},
			tissue: {
				kind: 'enum',
				values: ['islands', 'everywhere', 'half'],
				brief: 'Pieces on glass, tissue everywhere, or tissue on the left half',
				default: 'islands',
			},
		},
		positional: {
			kind: 'tuple',
			parameters: [{ parse: text, brief: 'The slide to write', placeholder: 'OUT.tif' }],
		},
	},
	docs: {
		brief: 'Draw a slide with known blur, and the truth about it',
		fullDescription: [
			'Draws simulated stained tissue: nests of cells, fibres, fat, mucus, glass between. Parts of it are out of focus',
			'by known amounts: one piece tilts, others have blurry patches of 1, 2, 4 and 8 µm. OUT.truth.json says where.',
			'',
			'  parfocal phantom slide.tif',
			'  parfocal phantom slide.svs --size 2048x2048 --seed 7',
		].join('\n'),
	},
});

/** `8192x8192`, `8192` for a square. */
export function slideSize(input: string): readonly [number, number] {
	const match = /^(\d+)(?:[x×](\d+))?$/i.exec(input.trim());
	const size = match && ([Number(match[1]), Number(match[2] ?? match[1])] as const);
	if (!size || size.some((side) => side < 64 || side > 100_000)) {
		throw new RangeError('give width and height from 64 to 100000, as in 8192x8192');
	}
	return size;
}
