/**
 * The exit codes of `parfocal`. When several apply, the table's order decides: the first that fits wins.
 * @module
 */

/** What a finished process tells its caller. The same table stands in docs/cli.md. */
export const EXIT = {
	/** Stopped by Ctrl-C or a termination signal; finished slides are kept. */
	interrupted: 130,
	/** A fault in Parfocal itself. */
	internal: 1,
	/** The command line cannot be carried out: a wrong flag or value, an unknown model or policy. */
	usage: 2,
	/** Results could not be written: disk full, no permission. */
	notWritten: 5,
	/** Some inputs could not be read; the others were still done. */
	notRead: 4,
	/** Everything was read, and some slides need a review, a rescan, or could not be assessed. */
	attention: 3,
	/** All slides pass; for other commands: done. */
	ok: 0,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const PRECEDENCE: readonly ExitCode[] = Object.values(EXIT);

/** The code that stands for all of `codes`; `ok` when there is none. */
export function worstExitCode(codes: Iterable<ExitCode>): ExitCode {
	const seen = new Set(codes);
	return PRECEDENCE.find((code) => seen.has(code)) ?? EXIT.ok;
}
