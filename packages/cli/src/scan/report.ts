/**
 * What `parfocal scan` says: a line a slide, JSON lines, and a table at the end.
 * @module
 */
import { type Assessment, assessmentJsonLine, formatPercent, isParfocalError, WriteError } from '@parfocal/core';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { shownPath } from '../expand-paths.ts';
import type { SlideInput } from '../expand-slides.ts';
import { formatDuration } from '../progress.ts';
import { count, formatTable } from '../table.ts';

/** How a slide came out. */
export type SlideResult =
	| {
			readonly state: 'done';
			readonly input: SlideInput;
			readonly assessment: Assessment;
			/** Results folder as the user would write it. */
			readonly folder: string;
			readonly ms: number;
	  }
	| {
			/** `failed` is a fault of ours. */
			readonly state: 'unread' | 'unwritten' | 'failed';
			readonly input: SlideInput;
			readonly error: unknown;
	  }
	| { readonly state: 'stopped'; readonly input: SlideInput };

/** Says things as they happen. */
export interface Reporter {
	slide(result: SlideResult): void;
	/** `asked`: slides the user asked for. */
	end(results: readonly SlideResult[], asked: number): void;
}

/** Order of the table, worst first, with the words of its first column, those of the count, and the exit codes. */
const RANKS = [
	{ key: 'failed', label: 'FAILED', counted: 'failed', code: EXIT.internal },
	{ key: 'unwritten', label: 'NOT WRITTEN', counted: 'could not be written', code: EXIT.notWritten },
	{ key: 'unread', label: 'NOT READ', counted: 'could not be read', code: EXIT.notRead },
	{ key: 'stopped', label: 'stopped', counted: 'stopped', code: EXIT.interrupted },
	{ key: 'rescan', label: 'rescan', counted: 'rescan', code: EXIT.attention },
	{ key: 'review', label: 'review', counted: 'review', code: EXIT.attention },
	{ key: 'not-assessable', label: 'not assessable', counted: 'not assessable', code: EXIT.attention },
	{ key: 'pass', label: 'pass', counted: 'pass', code: EXIT.ok },
] as const satisfies readonly { key: string; label: string; counted: string; code: ExitCode }[];

/** The exit code one slide asks for. */
export function exitCodeOf(result: SlideResult): ExitCode {
	return rankOf(result).code;
}

/** True when there is no room for any further result. */
export function isDiskFull(result: SlideResult): boolean {
	return result.state === 'unwritten' && result.error instanceof WriteError && result.error.reason === 'disk-full';
}

/** Reports into the streams of `context`: with `json`, standard output carries assessments and nothing else. */
export function createReporter(
	context: Pick<Context, 'process' | 'signal'>,
	{ json, quiet }: { readonly json?: boolean | undefined; readonly quiet?: boolean | undefined },
): Reporter {
	const { stdout, stderr } = context.process;
	const words = json ? stderr : stdout;
	const say = (text: string): void => void (quiet || words.write(text));
	return {
		slide(result) {
			if (result.state === 'stopped') return;
			if (result.state !== 'done') {
				stderr.write(`parfocal: ${shownPath(result.input.path)}: ${messageOf(result.error)}\n`);
				return;
			}
			const { assessment, input, folder, ms } = result;
			if (json) stdout.write(`${assessmentJsonLine(assessment)}\n`);
			say(`${input.folder}: ${assessment.sentence} (${formatDuration(ms)}) ${reportOf(folder)}\n`);
		},
		end(results, asked) {
			const finished = results.filter((result) => result.state !== 'stopped');
			if (finished.length > 1) say(`\n${formatResults(finished)}`);
			if (finished.length < results.length) {
				stderr.write(`parfocal: stopped; ${finished.length} of ${count(asked, 'slide')} finished and kept\n`);
			}
		},
	};
}

/** The table of a run, worst first, and a line that counts. */
export function formatResults(results: readonly SlideResult[]): string {
	const sorted = results.toSorted(
		(a, b) =>
			RANKS.indexOf(rankOf(a)) - RANKS.indexOf(rankOf(b)) ||
			blurOf(b) - blurOf(a) ||
			(a.input.folder < b.input.folder ? -1 : 1),
	);
	const rows = sorted.map((result) => [rankOf(result).label, result.input.folder, detailOf(result)]);
	const counts = RANKS.toReversed()
		.map((rank) => ({ rank, number: results.filter((result) => rankOf(result) === rank).length }))
		.filter(({ number }) => number > 0)
		.map(({ rank, number }) => `${number} ${rank.counted}`);
	return `${formatTable(rows)}${counts.join(', ')}\n`;
}

function rankOf(result: SlideResult): (typeof RANKS)[number] {
	const key = result.state === 'done' ? result.assessment.outcome : result.state;
	return RANKS.find((rank) => rank.key === key)!;
}

/** Part of the tissue that is clearly or strongly out of focus. */
function blurOf(result: SlideResult): number {
	const focus = result.state === 'done' ? result.assessment.focus : undefined;
	return focus ? focus.clearFraction + focus.strongFraction : 0;
}

function detailOf(result: SlideResult): string {
	if (result.state === 'stopped') return '';
	if (result.state !== 'done') return messageOf(result.error);
	const { focus } = result.assessment;
	const blur = focus ? `${formatPercent(1 - focus.inFocusFraction)} out of focus, ` : '';
	return `${blur}${reportOf(result.folder)}`;
}

function messageOf(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return isParfocalError(error) ? message : `internal error: ${message}. Please report it with the output of --debug.`;
}

function reportOf(folder: string): string {
	return `${folder}/report.html`;
}
