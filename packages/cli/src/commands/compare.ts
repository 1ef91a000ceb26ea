/**
 * `parfocal compare`.
 * @module
 */
import { resolve } from 'node:path';
import type { ComparisonEvent, SplitUnit, Table, WrittenComparison } from '@parfocal/lab';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { createProgress, formatDuration } from '../progress.ts';
import { formatTable } from '../table.ts';

/** Flags of `parfocal compare`. */
export interface CompareFlags {
	readonly data: string;
	readonly transfer?: string;
	readonly methods: readonly string[];
	readonly split: SplitUnit;
	readonly seeds: number;
	readonly protocol: 'reduced' | 'papers';
	readonly epochs?: number;
	readonly weights?: string;
	readonly device?: 'cpu' | 'webgpu' | 'wasm';
	readonly sharpUpTo?: number;
	readonly reference?: string;
	readonly timing?: number;
	readonly picture?: string;
	readonly draws?: number;
	readonly threads?: number;
	readonly out: string;
	readonly json?: boolean;
	readonly quiet?: boolean;
}

/** Compares methods into a folder. */
export default async function compare(this: Context, flags: CompareFlags): Promise<void> {
	const lab = await import('@parfocal/lab');
	const { stdout, stderr } = this.process;
	const { out, seeds, json = false, quiet = false, timing, weights } = flags;
	const methods = lab.methodsNamed(flags.methods);
	const networks = methods.flatMap(({ network }) => (network === undefined ? [] : [network]));
	const open = async (path: string) => ({
		name: lab.setName(path),
		set: await lab.openDataset(resolve(this.cwd, path)),
	});
	const data = await open(flags.data);
	const transfer = flags.transfer === undefined ? [] : [await open(flags.transfer)];
	const follow = follower(this, quiet || json);
	for (const { name, set } of [data, ...transfer]) for (const note of set.notes) follow.note(`${name}: ${note}`);
	const started = performance.now();
	try {
		const written = await lab.writeComparison({
			data,
			transfer,
			methods,
			split: flags.split,
			seeds: Array.from({ length: seeds }, (_, i) => i + 1),
			protocol: flags.protocol,
			epochs: flags.epochs,
			device: flags.device,
			weights:
				weights === undefined ? new Map() : await lab.startingWeightsIn(resolve(this.cwd, weights), new Set(networks)),
			sharpUpTo: flags.sharpUpTo,
			reference: flags.reference,
			timingRuns: timing,
			picture: flags.picture === undefined ? undefined : resolve(this.cwd, flags.picture),
			draws: flags.draws,
			threads: flags.threads,
			folder: resolve(this.cwd, out),
			onEvent: follow.event,
			signal: this.signal,
		});
		follow.clear();
		if (json) stdout.write(`${JSON.stringify({ out, files: written.files, ...summary(written) })}\n`);
		else if (!quiet) stdout.write(inWords(out, written, performance.now() - started));
	} catch (error) {
		follow.clear();
		if (!this.signal.aborted) throw error;
		stderr.write(`parfocal: stopped; the same command goes on in ${out}\n`);
		this.process.exitCode = EXIT.interrupted;
	}
}

function follower({ process: { stderr } }: Context, silent: boolean) {
	const progress = createProgress(stderr, !silent);
	const note = (text: string): void => {
		if (silent) return;
		progress.clear();
		stderr.write(`${text}\n`);
	};
	return {
		note,
		clear: progress.clear,
		event(event: ComparisonEvent): void {
			if (event.kind === 'note') note(event.text);
			else if (event.kind === 'scored') {
				if (event.done === 1) progress.start('scoring');
				progress.update(event.done, event.total);
			} else if (event.kind === 'run') {
				progress.clear();
				progress.start(`[${event.done + 1}/${event.total}] ${event.method}, seed ${event.seed}`);
			} else if (event.event.kind === 'step') {
				const { epoch, epochs, batch, batches } = event.event;
				progress.update((epoch - 1) * batches + batch, epochs * batches);
			}
		},
	};
}

function summary({ judged, comparison, data }: WrittenComparison): object {
	return {
		data: data.name,
		leak: comparison.leaks[0],
		leftOut: comparison.leftOut,
		methods: judged.map(({ method, set, runs, undefinedAnswers, figures }) => ({
			method,
			set,
			runs,
			undefinedAnswers,
			figures,
		})),
	};
}

/** The table of scores, and where the rest is. */
function inWords(out: string, { tables, comparison, files }: WrittenComparison, ms: number): string {
	const shown = tables.filter(({ id }) => id.startsWith('scores-')).map(asText);
	const left = comparison.leftOut.length;
	return [
		...shown,
		`${comparison.leaks[0]}\n`,
		...(left > 0 ? [`${left} methods were not run; ${out}/results.md says why.\n`] : []),
		`${out}/index.html, results.md, results.parquet and ${files.length - 3} more, ${formatDuration(ms)}\n`,
	].join('');
}

function asText({ title, columns, rows }: Table): string {
	const numbers = columns.map((_, i) => i).slice(2);
	// Intervals are in the files: a line must fit a terminal.
	const short = rows.map((row) => row.map(({ text }) => text.replace(/ \[.*\]$/, '')));
	const heads = columns.map((column) =>
		column.replace(/ \((.)\w* ?(\w)?\w*\)/, ' $1$2').replace(' at 90 % recall', ''),
	);
	return `${title}\n${formatTable([heads, ...short], numbers)}\n`;
}
