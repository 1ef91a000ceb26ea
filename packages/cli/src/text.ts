/**
 * What is said when something goes wrong, and with which exit code.
 * @module
 */
import type { ErrorTag, ParfocalError } from '@parfocal/core';
import { type ApplicationText, text_en } from '@stricli/core';
import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

const TAGS: readonly string[] = ['argument', 'read', 'write', 'format', 'model', 'policy'] satisfies ErrorTag[];

/** As `isParfocalError`, without loading the library for `--help`: an error of the family can only come from it. */
function isOurs(error: unknown): error is ParfocalError {
	return error instanceof Error && 'tag' in error && TAGS.includes(String(error.tag));
}

/** The exit code for an error that ended a command. */
export function exitCodeForError(error: unknown, { signal }: Pick<Context, 'signal'>): ExitCode {
	if (signal.aborted) return EXIT.interrupted;
	if (!isOurs(error)) return EXIT.internal;
	return exitCodeForTag(error.tag);
}

/** The exit code for a class of the family. */
export function exitCodeForTag(tag: ErrorTag): ExitCode {
	switch (tag) {
		case 'argument':
		case 'model':
		case 'policy':
			return EXIT.usage;
		case 'read':
		case 'format':
			return EXIT.notRead;
		case 'write':
			return EXIT.notWritten;
	}
}

/** One line for an error: its own sentence when it is ours, and how to report it when it is not. */
export function describeError(error: unknown, context: Pick<Context, 'signal'>, debug: boolean): string {
	if (context.signal.aborted) return 'parfocal: stopped; finished slides are kept';
	if (isOurs(error)) {
		return `parfocal: ${error.message}${debug ? `\n${stackOf(error)}` : ''}`;
	}
	const message = error instanceof Error ? error.message : String(error);
	if (debug) return `parfocal: internal error: ${message}\n${stackOf(error)}`;
	return `parfocal: internal error: ${message}. Please report it with the output of the same command and --debug, and of parfocal doctor.`;
}

function stackOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const stack = error.stack ?? error.message;
	return error.cause === undefined ? stack : `${stack}\ncaused by ${stackOf(error.cause)}`;
}

/** Stricli's English with our errors. */
export function textFor(context: Context, debug: boolean): ApplicationText {
	const describe = (error: unknown): string => describeError(error, context, debug);
	return {
		...text_en,
		noCommandRegisteredForInput: ({ input, corrections }) =>
			`parfocal: there is no command ${input}${corrections.length > 0 ? `, did you mean ${corrections.join(' or ')}?` : ''}`,
		exceptionWhileParsingArguments: (error) =>
			`parfocal: ${text_en.exceptionWhileParsingArguments.call({ formatException: messageOf }, error, false)}`,
		exceptionWhileLoadingCommandFunction: describe,
		exceptionWhileLoadingCommandContext: describe,
		exceptionWhileRunningCommand: describe,
		commandErrorResult: describe,
	};
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
