/**
 * The version of this package.
 * @module
 */
import { readFileSync } from 'node:fs';

/** E.g. `0.1.0`. */
export function softwareVersion(): string {
	const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
	return (JSON.parse(text) as { version: string }).version;
}
