/**
 * What a method answered to the test side of a split, and the file it is kept in while a comparison runs.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWholeFile } from '@parfocal/node';

/** Answers of one method with one seed to one data set. */
export interface Answers {
	readonly method: string;
	readonly seed: number;
	/** Name of the data set that was judged. */
	readonly set: string;
	/** Patches of that set. */
	readonly indices: readonly number[];
	/** Higher is blurrier; null where the method is undefined. */
	readonly blurriness: readonly (number | null)[];
	/** Answered classes, where it answers with classes. */
	readonly classes?: readonly number[];
	readonly certainties?: readonly number[];
	/** Trained numbers. */
	readonly parameters: number;
	/** What it was trained with, in words. */
	readonly training?: string;
	readonly trainingSeconds?: number;
}

/** A file of answers, and what it depends on. */
interface AnswersFile {
	readonly format: 1;
	/** Anything that must be the same for the answers to hold. */
	readonly key: string;
	readonly answers: readonly Answers[];
}

/** Where the answers of a method with a seed lie. */
export function answersPath(folder: string, method: string, seed: number): string {
	return join(folder, 'answers', `${fileName(method, seed)}.json`);
}

/** Where the model that a method became with a seed lies. */
export function modelPath(folder: string, method: string, seed: number): string {
	return join(folder, 'models', `${fileName(method, seed)}.safetensors`);
}

function fileName(method: string, seed: number): string {
	return `${method.replaceAll(/[^\w.-]+/g, '-')}@${seed}`;
}

/** Keeps answers. @throws {WriteError} when the file cannot be written */
export async function keepAnswers(path: string, key: string, answers: readonly Answers[]): Promise<void> {
	const file: AnswersFile = { format: 1, key, answers };
	await writeWholeFile(path, new TextEncoder().encode(`${JSON.stringify(file)}\n`));
}

/** Answers that were kept for `key`; undefined when there are none, they are damaged, or they were kept for something else. */
export async function keptAnswers(path: string, key: string): Promise<readonly Answers[] | undefined> {
	const text = await readFile(path, 'utf8').catch(() => undefined);
	if (text === undefined) return undefined;
	try {
		const file = JSON.parse(text) as AnswersFile;
		return file.format === 1 && file.key === key && Array.isArray(file.answers) ? file.answers : undefined;
	} catch {
		return undefined;
	}
}
