/**
 * Reference images and golden values that lie beside a developer's checkout. Tests that need them skip where they are not.
 * @module
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../../shared/', import.meta.url));

/** True when the reference folder `../shared` is there; says once why tests skip when it is not. */
export const hasShared: boolean = existsSync(root);
if (!hasShared) console.warn('skipped: tests on real images and golden values, because ../shared is missing');

/** Absolute path of a file in `../shared`. */
export function sharedPath(relative: string): string {
	return `${root}${relative}`;
}
