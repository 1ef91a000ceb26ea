/** A context that collects what a command says. */
import type { Context } from '../context.ts';

/** A context for tests, with what was written so far. */
export interface FakeContext extends Context {
	readonly process: Context['process'] & { exitCode: number | string | null };
	readonly out: () => string;
	readonly err: () => string;
	readonly abort: (reason?: unknown) => void;
}

/** A context in folder `cwd`; `tty` makes both streams terminals. */
export function fakeContext(
	options: { readonly cwd?: string; readonly tty?: boolean; readonly env?: Context['process']['env'] } = {},
): FakeContext {
	const { cwd = process.cwd(), tty = false, env = {} } = options;
	const controller = new AbortController();
	const written = { out: '', err: '' };
	const stream = (name: 'out' | 'err') => ({
		isTTY: tty,
		columns: 60,
		write: (text: string) => {
			written[name] += text;
		},
	});
	return {
		process: { stdout: stream('out'), stderr: stream('err'), env, exitCode: null },
		cwd,
		signal: controller.signal,
		out: () => written.out,
		err: () => written.err,
		abort: (reason) => controller.abort(reason),
	};
}
