/**
 * What `parfocal scan` says: a line a slide, JSON lines, and a table at the end.
 * @module
 */
import { type Assessment, assessmentJsonLine, formatPercent, type Outcome } from '@parfocal/core';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
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
	| { readonly state: 'unread'; readonly input: SlideInput; readonly error: Error }
	| {
			readonly state: 'unwritten';
			readonly input: SlideInput;
			readonly error: Error;
			/** True when no later slide can be written either. */
			readonly final: boolean;
	  };

/** Says things as they happen. */
export interface Reporter {
	slide(result: SlideResult): void;
	interrupted(finished: number, total: number): void;
	end(results: readonly SlideResult[]): void;
}

/** Order of the table, worst first, and the words of its first column and of the count. */
const RANKS = [
	{ key: 'unwritten', label: 'NOT WRITTEN', counted: 'could not be written' },
	{ key: 'unread', label: 'NOT READ', counted: 'could not be read' },
	{ key: 'rescan', label: 'rescan', counted: 'rescan' },
	{ key: 'review', label: 'review', counted: 'review' },
	{ key: 'not-assessable', label: 'not assessable', counted: 'not assessable' },
	{ key: 'pass', label: 'pass', counted: 'pass' },
] as const satisfies readonly { key: Outcome | 'unread' | 'unwritten'; label: string; counted: string }[];

/** The exit code one slide asks for. */
export function exitCodeOf(result: SlideResult): ExitCode {
	if (result.state === 'unwritten') return EXIT.notWritten;
	if (result.state === 'unread') return EXIT.notRead;
	return result.assessment.outcome === 'pass' ? EXIT.ok : EXIT.attention;
}

/** Reports into the streams of `context`: with `json`, standard output carries assessments and nothing else. */
export function createReporter(
	{ process }: Pick<Context, 'process'>,
	{ json, quiet }: { readonly json?: boolean | undefined; readonly quiet?: boolean | undefined },
): Reporter {
	const words = json ? process.stderr : process.stdout;
	const say = (text: string): void => void (quiet || words.write(text));
	return {
		slide(result) {
			if (result.state === 'done') {
				if (json) process.stdout.write(`${assessmentJsonLine(result.assessment)}\n`);
				const { outcome, sentence } = result.assessment;
				say(
					`${result.input.folder}: ${labelOf(outcome)}. ${sentence} (${formatDuration(result.ms)}) ${reportOf(result.folder)}\n`,
				);
			} else {
				process.stderr.write(`parfocal: ${result.input.path}: ${result.error.message}\n`);
			}
		},
		interrupted(finished, total) {
			process.stderr.write(`parfocal: stopped; ${finished} of ${count(total, 'slide')} finished and kept\n`);
		},
		end(results) {
			if (results.length < 2) return;
			say(`\n${formatResults(results)}`);
		},
	};
}

/** The table of a run, worst first, and a line that counts. */
export function formatResults(results: readonly SlideResult[]): string {
	const ranked = results
		.map((result) => ({ result, rank: RANKS.findIndex(({ key }) => key === keyOf(result)), blur: blurOf(result) }))
		.sort((a, b) => a.rank - b.rank || b.blur - a.blur || (a.result.input.folder < b.result.input.folder ? -1 : 1));
	const rows = ranked.map(({ result, rank }) => [RANKS[rank]!.label, result.input.folder, detailOf(result)]);
	const counts = RANKS.toReversed()
		.map(({ key, counted }) => ({ counted, number: results.filter((result) => keyOf(result) === key).length }))
		.filter(({ number }) => number > 0)
		.map(({ counted, number }) => `${number} ${counted}`);
	return `${formatTable(rows)}${counts.join(', ')}\n`;
}

function keyOf(result: SlideResult): (typeof RANKS)[number]['key'] {
	return result.state === 'done' ? result.assessment.outcome : result.state;
}

function labelOf(outcome: Outcome): string {
	return RANKS.find(({ key }) => key === outcome)!.label;
}

/** Part of the tissue that is clearly or strongly out of focus. */
function blurOf(result: SlideResult): number {
	const focus = result.state === 'done' ? result.assessment.focus : undefined;
	return focus ? focus.clearFraction + focus.strongFraction : 0;
}

function detailOf(result: SlideResult): string {
	if (result.state !== 'done') return result.error.message;
	const { focus } = result.assessment;
	const blur = focus ? `${formatPercent(1 - focus.inFocusFraction)} out of focus, ` : '';
	return `${blur}${reportOf(result.folder)}`;
}

function reportOf(folder: string): string {
	return `${folder}/report.html`;
}
