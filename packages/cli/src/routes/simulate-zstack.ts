/**
 * `parfocal simulate zstack`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { SimulateZStackFlags } from '../commands/simulate-zstack.ts';
import type { Context } from '../context.ts';
import { integerBetween, MPP_FLAG, numberBetween, text } from '../flags.ts';
import { planeRange, threeNumbers } from '../simulate-flags.ts';

/** A number that need not be given. */
const NUMBER = { kind: 'parsed', placeholder: 'N', optional: true } as const;

/** The route of `parfocal simulate zstack`. */
export const zStackRoute: Command<Context> = buildCommand<SimulateZStackFlags, string[], Context>({
	loader: () => import('../commands/simulate-zstack.ts'),
	parameters: {
		flags: {
			out: { kind: 'parsed', parse: text, brief: 'Folder to write to, empty or new', placeholder: 'DIR' },
			planes: {
				kind: 'parsed',
				parse: planeRange,
				brief: 'Planes, 0 in focus',
				placeholder: 'FIRST..LAST',
				default: '-8..8',
			},
			stepUm: {
				kind: 'parsed',
				parse: numberBetween(0.01, 10, ' µm'),
				brief: 'Distance of neighbouring planes, µm',
				placeholder: 'N',
				default: '0.5',
			},
			na: {
				kind: 'parsed',
				parse: numberBetween(0.05, 1.6),
				brief: 'Numerical aperture of the objective',
				placeholder: 'N',
				default: '0.75',
			},
			refractiveIndex: {
				kind: 'parsed',
				parse: numberBetween(1, 2),
				brief: 'Of what is before the objective: 1 air, 1.33 water, 1.518 oil',
				placeholder: 'N',
				default: '1',
			},
			mpp: { ...MPP_FLAG, brief: 'Micrometres per pixel, instead of what the picture says' },
			spherical: {
				...NUMBER,
				parse: numberBetween(-5, 5, ' waves'),
				brief: 'Spherical aberration W040, waves: planes above and below focus differ',
			},
			chromaticUm: {
				...NUMBER,
				parse: numberBetween(-10, 10, ' µm'),
				brief: 'Height of the focus of red above green, and of green above blue, µm',
			},
			thicknessUm: { ...NUMBER, parse: numberBetween(0, 50, ' µm'), brief: 'Thickness of the tissue, µm' },
			stain: { ...NUMBER, parse: numberBetween(0.1, 5), brief: 'Optical density times this' },
			vignetting: { ...NUMBER, parse: numberBetween(0, 1), brief: 'Part of the light missing in the corners' },
			noise: { ...NUMBER, parse: numberBetween(0, 50, ' grey levels'), brief: 'Sensor noise on white, grey levels' },
			whiteBalance: {
				...NUMBER,
				parse: threeNumbers(0.2, 5),
				placeholder: 'R,G,B',
				brief: 'Gains of the channels',
			},
			gamma: { ...NUMBER, parse: numberBetween(0.2, 5), brief: 'Display curve light^(1/N) [default = sRGB]' },
			sharpening: { ...NUMBER, parse: numberBetween(0, 5), brief: 'Unsharp masking, as scanners do; 0.5 is usual' },
			storedMpp: {
				...NUMBER,
				parse: numberBetween(0.05, 20, ' µm per pixel'),
				brief: 'Store at another pixel size, µm',
			},
			jpegQuality: { ...NUMBER, parse: integerBetween(1, 100), brief: 'Store as JPEG [default = PNG]' },
			jpegSubsampling: {
				kind: 'enum',
				values: ['4:2:0', '4:4:4'],
				brief: 'Chroma of JPEG at half or full resolution',
				default: '4:2:0',
			},
			seed: {
				kind: 'parsed',
				parse: integerBetween(0, 1e6),
				brief: 'The same seed, the same noise',
				placeholder: 'N',
				default: '1',
			},
			json: { kind: 'boolean', brief: 'One JSON line a picture', optional: true, withNegated: false },
			quiet: { kind: 'boolean', brief: 'Only errors', optional: true, withNegated: false },
		},
		aliases: { o: 'out' },
		positional: {
			kind: 'array',
			minimum: 1,
			parameter: { parse: text, brief: 'Sharp pictures (PNG, JPEG, TIFF), or folders of them', placeholder: 'IMAGE' },
		},
	},
	docs: {
		brief: 'Focal stacks of your own sharp pictures, put out of focus by diffraction',
		fullDescription: [
			'Writes DIR/<picture>/z-08.png … z+08.png, series.csv with heights in µm, and a README.md with all settings.',
			'All of it is simulated, and says so.',
			'',
			'  parfocal simulate zstack field.png --mpp 0.25 --out stacks',
			'  parfocal simulate zstack fields/ --mpp 0.5 --planes -4..4 --spherical 0.5 --noise 1 --jpeg-quality 80 --out stacks',
			'  parfocal calibrate --zstack stacks/field --out calibration.json',
			'',
			'The picture is taken for what a perfect microscope saw in focus. docs/simulation.md has the model.',
		].join('\n'),
	},
});
