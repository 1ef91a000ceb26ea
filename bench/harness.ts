/**
 * What every benchmark shares: interleaved repeats, medians and ratios, and words for the machine.
 * Absolute times drift by tens of per cent on shared machines, so candidates take turns and only ratios of one run count.
 * @module
 */
import { availableParallelism, cpus } from 'node:os';

/** One thing to time. `run` does one repeat; an answered number (ms) replaces the harness's own clock. */
export interface Candidate {
	readonly name: string;
	run(): unknown;
}

/** What came of a candidate. */
export interface Timing {
	readonly name: string;
	readonly medianMs: number;
	readonly minimumMs: number;
	readonly repeats: number;
}

/** Runs the candidates in turn, `repeats` times over, after `warmUps` unmeasured rounds. */
export async function interleave(candidates: readonly Candidate[], repeats: number, warmUps = 1): Promise<Timing[]> {
	const samples = candidates.map((): number[] => []);
	for (let round = -warmUps; round < repeats; round++) {
		for (const [index, candidate] of candidates.entries()) {
			const start = performance.now();
			const answer = await candidate.run();
			const elapsedMs = typeof answer === 'number' ? answer : performance.now() - start;
			if (round >= 0) samples[index]?.push(elapsedMs);
		}
	}
	return candidates.map(({ name }, index) => {
		const sorted = (samples[index] ?? []).toSorted((a, b) => a - b);
		return { name, medianMs: median(sorted), minimumMs: sorted[0] ?? Number.NaN, repeats };
	});
}

/** The middle of the values, or the mean of the middle two; NaN for none. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	if (sorted.length % 2 === 1) return sorted[middle] ?? Number.NaN;
	return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** A Markdown table, its columns padded as the formatter wants them. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
	const lines = [head, ...rows].map((cells) => cells.map(String));
	const widths = head.map((_, i) => Math.max(3, ...lines.map((cells) => cells[i]?.length ?? 0)));
	const line = (cells: readonly string[], fill = ' '): string =>
		`| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0, fill)).join(' | ')} |`;
	const [first = [], ...others] = lines;
	return [
		line(first),
		line(
			head.map(() => ''),
			'-',
		),
		...others.map((cells) => line(cells)),
	].join('\n');
}

/** One line on the machine and runtime, for the head of a results file. */
export function machine(): string {
	const model = cpus()[0]?.model.trim() ?? 'unknown processor';
	return `Node ${process.version}, ${availableParallelism()} cores, ${model}. Times drift on shared machines: read the ratios.`;
}
