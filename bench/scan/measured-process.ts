/**
 * Runs a command and tells how long it took and how much memory it held at most.
 * @module
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a finished process used. */
export interface ProcessUse {
	readonly wallMs: number;
	/** Largest resident size (VmHWM), MB of 2^20 bytes; NaN where the system has no /proc. */
	readonly peakMb: number;
}

/** Runs `command` to its end. @throws {Error} when its exit code is not among `allowed`. */
export function measureProcess(
	command: string,
	args: readonly string[],
	allowed: readonly number[],
): Promise<ProcessUse> {
	return new Promise((resolve, reject) => {
		const start = performance.now();
		const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
		let errors = '';
		let peakMb = Number.NaN;
		child.stderr.on('data', (text) => {
			errors = `${errors}${text}`.slice(-2000);
		});
		// The high-water mark only grows, so looking now and then misses at most the last moments.
		const watch = setInterval(() => {
			peakMb = highWaterMb(child.pid) ?? peakMb;
		}, 10);
		child.on('error', reject);
		child.on('close', (code) => {
			clearInterval(watch);
			const wallMs = performance.now() - start;
			if (code !== null && allowed.includes(code)) resolve({ wallMs, peakMb });
			else reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors}`));
		});
	});
}

function highWaterMb(pid: number | undefined): number | undefined {
	try {
		const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
	} catch {
		return undefined;
	}
}
