/**
 * `parfocal demo`.
 * @module
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { formatDuration } from '../progress.ts';

/** Flags of `parfocal demo`. */
export interface DemoFlags {
	readonly out: string;
}
