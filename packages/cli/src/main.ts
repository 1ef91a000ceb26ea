#!/usr/bin/env node
/**
 * The `parfocal` program: the real streams, signals and exit code around `runCli`.
 * @module
 */
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { checkNode } from './doctor/check-node.ts';
import { EXIT } from './exit-codes.ts';

// Compiling some hundred small modules is a third of a second of every scan. The user's own folder, because what is in
// there is run: a shared one could be prepared by somebody else. Where it cannot be written, nothing is lost.
module.enableCompileCache?.(
	join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'parfocal', `compiled-${process.versions.node}`),
);

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

const node = checkNode(process.versions.node);
if (node.state === 'missing') {
	process.stderr.write(`parfocal: this is Node.js ${node.found}; ${node.cost}.\n`);
	process.exitCode = EXIT.usage;
} else {
	const { runCli } = await import('./run-cli.ts');
	process.exitCode = await runCli(process.argv.slice(2), {
		process: { stdout: process.stdout, stderr: process.stderr, env: process.env },
		cwd: process.cwd(),
		signal: controller.signal,
	});
}
