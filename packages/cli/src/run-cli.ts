/**
 * Runs one command line in a given context and says how it ended.
 * @module
 */
import { run, ExitCode as StricliExit } from '@stricli/core';
import { createApp, usageLine } from './app.ts';
import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/**
 * Carries out `inputs` (without the program's name). All words go to the context's streams.
 * @example
 * ```ts
 * process.exitCode = await runCli(['scan', 'slide.svs'], context);
 * ```
 */
export async function runCli(inputs: readonly string[], context: Context): Promise<ExitCode> {
	const end = inputs.indexOf('--');
	const isDebug = (input: string, index: number): boolean => input === '--debug' && (end < 0 || index < end);
	const rest = inputs.filter((input, index) => !isDebug(input, index));
	const app = createApp(context, { debug: rest.length < inputs.length });
	// Where a command sets no code, Stricli sets one of its own.
	const process = { ...context.process, exitCode: null as number | string | null };
	await run(app, rest, { ...context, process });
	if (process.exitCode === StricliExit.UnknownCommand || process.exitCode === StricliExit.InvalidArgument) {
		context.process.stderr.write(`usage: ${usageLine(app, rest)}\n`);
		return EXIT.usage;
	}
	return Object.values(EXIT).find((known) => known === process.exitCode) ?? EXIT.internal;
}
