/**
 * `parfocal models import`.
 * @module
 */
import { resolve } from 'node:path';
import { importModel } from '@parfocal/node';
import type { Context } from '../context.ts';

/** Flags of `parfocal models import`. */
export interface ImportFlags {
	readonly name: string;
	readonly json?: boolean;
}
