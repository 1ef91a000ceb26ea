/**
 * `parfocal doctor`.
 * @module
 */
import type { Context } from '../context.ts';
import { type Check, runChecks } from '../doctor/checks.ts';
import { EXIT } from '../exit-codes.ts';
import { formatTable } from '../table.ts';

/** Flags of `parfocal doctor`. */
export interface DoctorFlags {
	readonly json?: boolean;
}

const MARKS: Readonly<Record<Check['state'], string>> = { ok: 'ok', absent: '-', missing: 'MISSING' };

/** Prints what is there, what is not, and what that costs. */
export default async function doctor(this: Context, flags: DoctorFlags): Promise<void> {
	const { stdout } = this.process;
	const checks = await runChecks(this);
	if (flags.json) stdout.write(`${JSON.stringify({ checks }, undefined, '\t')}\n`);
	else {
		stdout.write(formatTable(checks.map(({ state, name, found }) => [MARKS[state], name, found])));
		const costs = checks.filter((check) => check.state !== 'ok' && check.cost);
		if (costs.length > 0) stdout.write('\n');
		for (const { name, cost } of costs) stdout.write(`${name}: ${cost}\n`);
	}
	if (checks.some((check) => check.state === 'missing')) this.process.exitCode = EXIT.attention;
}
