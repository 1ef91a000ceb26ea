/**
 * What a command may touch of the process it runs in. Tests hand in fakes.
 * @module
 */
import type { CommandContext } from '@stricli/core';

/** A text stream: a terminal, a pipe, or a fake that collects. */
export interface Output {
	write(text: string): unknown;
	/** True for a terminal. */
	readonly isTTY?: boolean;
	/** Width of the terminal in characters. */
	readonly columns?: number;
}

/** Given to every command as `this`. */
export interface Context extends CommandContext {
	readonly process: {
		readonly stdout: Output;
		readonly stderr: Output;
		readonly env: Readonly<Partial<Record<string, string>>>;
		/** Set it to one of `EXIT` when the command ran but the result is not plain success. */
		exitCode?: number | string | null;
	};
	/** Folder that relative paths start from. */
	readonly cwd: string;
	/** Aborted by Ctrl-C. */
	readonly signal: AbortSignal;
}
