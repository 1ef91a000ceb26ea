/**
 * Whether this Node can run Parfocal. Imports nothing, so that a too old one can be told.
 * @module
 */
import type { Check } from './checks.ts';

const NEEDED = [22, 18] as const;

/** Node's version, e.g. `24.1.0`, against the oldest that works. */
export function checkNode(version: string): Check {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const enough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
	const check = { name: 'Node.js', found: version } as const;
	if (enough) return { ...check, state: 'ok' };
	return { ...check, state: 'missing', cost: `Parfocal needs ${NEEDED.join('.')} or newer, see nodejs.org` };
}
