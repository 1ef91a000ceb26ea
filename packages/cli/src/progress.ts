/**
 * One line on a terminal that says how far a slide is; nothing where nobody watches.
 * @module
 */
import type { Output } from './context.ts';

/** Follows the work on one slide after another. */
export interface Progress {
	/** A new slide. */
	start(label: string): void;
	/** How much of it is done; `words` follow the bar. */
	update(done: number, total: number, words?: string): void;
	/** Clears the line, so that other words can be printed. */
	clear(): void;
}

const BAR = 20;
const REDRAW_MS = 100;

/** Progress on `output` when it is a terminal, and `enabled`. `now` is a clock in ms. */
export function createProgress(output: Output, enabled: boolean, now: () => number = Date.now): Progress {
	if (!enabled || !output.isTTY) return { start: () => {}, update: () => {}, clear: () => {} };
	let label = '';
	let started = 0;
	let drawn = Number.NEGATIVE_INFINITY;
	const draw = (line: string): void => {
		output.write(`\r\x1b[K${line.slice(0, (output.columns ?? 80) - 1)}`);
		drawn = now();
	};
	return {
		start(next) {
			label = next;
			started = now();
			draw(`${label} …`);
		},
		update(done, total, words = '') {
			if (now() - drawn < REDRAW_MS && done < total) return;
			const fraction = total > 0 ? done / total : 1;
			const bar = '█'.repeat(Math.round(fraction * BAR)).padEnd(BAR, '░');
			const left = timeLeft(now() - started, fraction);
			draw(`${label} ${bar} ${Math.round(fraction * 100)} %${left}${words && `  ${words}`}`);
		},
		clear() {
			output.write('\r\x1b[K');
			drawn = Number.NEGATIVE_INFINITY;
		},
	};
}

function timeLeft(elapsedMs: number, fraction: number): string {
	// The first seconds promise too much.
	if (elapsedMs < 2000 || fraction <= 0 || fraction >= 1) return '';
	return `  ${formatDuration((elapsedMs * (1 - fraction)) / fraction)} left`;
}

/** `0.8 s`, `42 s`, `3 min 05 s`, `2 h 10 min`. */
export function formatDuration(ms: number): string {
	if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1000);
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
	return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
