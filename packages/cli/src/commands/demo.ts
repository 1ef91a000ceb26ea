/**
 * `parfocal demo`.
 * @module
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toWriteError } from '@parfocal/node';
import type { Context } from '../context.ts';
import phantom from './phantom.ts';
import scan from './scan.ts';

/** Flags of `parfocal demo`. */
export interface DemoFlags {
	readonly out: string;
}

/** Large enough for several islands of tissue, small enough to be made while one waits. */
const SIZE_PX = 6144;

/** Draws a slide with known blur, scans it as anyone would, and says where the report is. */
export default async function demo(this: Context, flags: DemoFlags): Promise<void> {
	const { stdout } = this.process;
	const folder = resolve(this.cwd, flags.out);
	await mkdir(folder, { recursive: true }).catch((error: unknown) => {
		throw toWriteError(flags.out, error);
	});
	const slide = `${flags.out}/phantom.tif`;
	const how = { mpp: 0.25, seed: 1, quality: 80, subsampling: '420', tissue: 'islands' } as const;
	await phantom.call(this, { ...how, size: [SIZE_PX, SIZE_PX] }, slide);
	await scan.call(this, { out: `${flags.out}/results`, policy: 'routine' }, slide);
	if (this.signal.aborted) return;
	// A demonstration that finds the blur it was given has done its job, whatever the verdict.
	this.process.exitCode = 0;
	stdout.write(`\nOpen the report: ${pathToFileURL(resolve(folder, 'results/phantom.tif/report.html')).href}\n`);
}
