/** PyTorch in a process of its own that answers one timing at a time, so that it can take turns with us. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A running PyTorch. */
export interface TorchProcess {
	readonly version: string;
	/** Milliseconds of one run of a case of `torch_responses.py`. */
	time(name: string, kernels: number): Promise<number>;
	close(): void;
}

/** Starts it; undefined when there is no Python with torch. */
export async function startTorch(): Promise<TorchProcess | undefined> {
	const script = fileURLToPath(new URL('torch_responses.py', import.meta.url));
	const python = process.env['PYTHON'] ?? '/usr/bin/python3';
	const child = spawn(python, [script], {
		stdio: ['pipe', 'pipe', 'ignore'],
		env: { ...process.env, OMP_NUM_THREADS: '1' },
	});
	child.on('error', () => undefined);
	child.stdin.on('error', () => undefined);
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	const first = await lines.next();
	if (first.done) return undefined;
	return {
		version: first.value,
		async time(name, kernels) {
			child.stdin.write(`${name} ${kernels}\n`);
			const { value, done } = await lines.next();
			if (done) throw new Error(`PyTorch ended while timing ${name}`);
			return Number(value);
		},
		close: () => child.stdin.end(),
	};
}
