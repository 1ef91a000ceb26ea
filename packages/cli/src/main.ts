#!/usr/bin/env node
/**
 * The `parfocal` program: the real streams, signals and exit code around `runCli`.
 * @module
 */
import process from 'node:process';
import { EXIT } from './exit-codes.ts';
import { runCli } from './run-cli.ts';

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
	process.on(name, () => {
		// The second one is from someone who does not want to wait.
		if (controller.signal.aborted) process.exit(EXIT.interrupted);
		controller.abort(new DOMException(`stopped by ${name}`, 'AbortError'));
	});
}

// `parfocal … | head` closes the pipe early: the results on disk are still wanted, the words are not.
for (const stream of [process.stdout, process.stderr]) {
	stream.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
	});
}

process.exitCode = await runCli(process.argv.slice(2), {
	process: { stdout: process.stdout, stderr: process.stderr, env: process.env },
	cwd: process.cwd(),
	signal: controller.signal,
});
