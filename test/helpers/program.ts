/** The built command line as users run it, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './repository.ts';

/** The built program. */
export const programPath: string = join(root, 'packages/cli/dist/main.js');
if (!existsSync(programPath)) throw new Error('build first: npm run build');

/** How a run ended. */
export interface Ended {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly out: string;
	readonly err: string;
}

/** A run that may still be going on. */
export interface Running {
	readonly child: ChildProcess;
	readonly ended: Promise<Ended>;
	/** Resolves when standard output or error has said `words`. */
	says(words: string): Promise<void>;
}

/** Starts `parfocal` with `args` in `cwd`; `prefix` is put before Node (setpriv and the like). */
export function start(args: readonly string[], cwd: string, prefix: readonly string[] = []): Running {
	const [command, ...rest] = [...prefix, process.execPath, programPath, ...args];
	const child = spawn(command!, rest, {
		cwd,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, NO_COLOR: '1' },
	});
	let out = '';
	let err = '';
	const listeners = new Set<() => void>();
	child.stdout.on('data', (text) => {
		out += text;
		for (const listener of listeners) listener();
	});
	child.stderr.on('data', (text) => {
		err += text;
		for (const listener of listeners) listener();
	});
	const ended = new Promise<Ended>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => resolve({ code, signal, out, err }));
	});
	return {
		child,
		ended,
		says: (words) =>
			new Promise((resolve, reject) => {
				const look = (): void => {
					if (`${out}\n${err}`.includes(words)) resolve();
				};
				listeners.add(look);
				look();
				ended.then(({ err: said }) => reject(new Error(`ended without saying "${words}": ${said}`)), reject);
			}),
	};
}

/** Runs `parfocal` to its end. */
export function parfocal(cwd: string, ...args: string[]): Promise<Ended> {
	return start(args, cwd).ended;
}
