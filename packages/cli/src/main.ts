#!/usr/bin/env node
/**
 * The `parfocal` program: the real streams, signals and exit code around `runCli`.
 * @module
 */
import process from 'node:process';
import { checkNode } from './doctor/check-node.ts';
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

const node = checkNode(process.versions.node);
if (node.state === 'missing') {
	process.stderr.write(`parfocal: this is Node.js ${node.found}; ${node.cost}.\n`);
	process.exitCode = EXIT.usage;
} else {
	process.exitCode = await runCli(process.argv.slice(2), {
		process: { stdout: process.stdout, stderr: process.stderr, env: process.env },
		cwd: process.cwd(),
		signal: controller.signal,
	});
}
