/**
 * `parfocal models import`.
 * @module
 */
import { resolve } from 'node:path';
import type { ScoreUnit } from '@parfocal/core';
import { importModel } from '@parfocal/node';
import type { Context } from '../context.ts';
import { inWords } from './models-show.ts';

/** Flags of `parfocal models import`. */
export interface ImportFlags {
	readonly name: string;
	readonly unit?: ScoreUnit;
	readonly clampAtZero?: boolean;
	readonly licence?: string;
	readonly force?: boolean;
	readonly json?: boolean;
}

/** Copies weights into the models folder and prints what they are. */
export default async function modelsImport(this: Context, flags: ImportFlags, file: string): Promise<void> {
	const { name, json, ...options } = flags;
	const model = await importModel(resolve(this.cwd, file), name, options);
	this.process.stdout.write(json ? `${JSON.stringify(model, undefined, 2)}\n` : inWords(model));
}
