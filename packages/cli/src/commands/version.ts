/**
 * `parfocal version`.
 * @module
 */
import type { Context } from '../context.ts';
import { softwareVersion } from '../version.ts';

/** Prints the version and nothing else. */
export default async function version(this: Context): Promise<void> {
	this.process.stdout.write(`${softwareVersion()}\n`);
}
