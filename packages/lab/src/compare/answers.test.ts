import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type Answers, answersPath, keepAnswers, keptAnswers, modelPath } from './answers.ts';
import { constantAnswer } from './constant-answers.ts';

async function scratch(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'answers-'));
	await mkdir(join(folder, 'answers'));
	onTestFinished(() => rm(folder, { recursive: true }));
	return folder;
}

const answers: Answers = {
	...{ method: 'a/b', seed: 2, set: 's', indices: [3, 1], blurriness: [0.5, null], classes: [1, 0], parameters: 12 },
};

test('come back as they were kept, for the same key only', async () => {
	const path = answersPath(await scratch(), 'a/b', 2);
	expect(await keptAnswers(path, 'k')).toBeUndefined();
	await keepAnswers(path, 'k', [answers]);
	expect(await keptAnswers(path, 'k')).toEqual([answers]);
	expect(await keptAnswers(path, 'other')).toBeUndefined();
});

test('a damaged file counts as none', async () => {
	const path = answersPath(await scratch(), 'a', 1);
	for (const text of ['', '{', 'null', '[]', '{"format":1,"key":"k"}', '{"format":2,"key":"k","answers":[]}']) {
		await writeFile(path, text);
		expect(await keptAnswers(path, 'k')).toBeUndefined();
	}
});

test('file names hold no slash, and stay within the folder', () => {
	fc.assert(
		fc.property(fc.string({ minLength: 1 }), (method) => {
			for (const path of [answersPath('/f', method, 1), modelPath('/f', method, 1)]) {
				expect(path).toMatch(/^\/f\/(answers|models)\/[\w.-]+@1\.(json|safetensors)$/);
			}
		}),
	);
});

test('the commonest class, and the one in the middle; of two as good the smaller', () => {
	expect(constantAnswer('majority-class', [3, 1, 1, 3, 2])).toBe(1);
	expect(constantAnswer('median-class', [3, 1, 1, 3, 2])).toBe(2);
	expect(constantAnswer('median-class', [0, 5])).toBe(0);
	fc.assert(
		fc.property(fc.array(fc.nat(11), { minLength: 1 }), (labels) => {
			const majority = constantAnswer('majority-class', labels);
			const count = (own: number): number => labels.filter((label) => label === own).length;
			for (const label of labels) expect(count(majority)).toBeGreaterThanOrEqual(count(label));
			const median = constantAnswer('median-class', labels);
			expect(labels.filter((label) => label < median).length).toBeLessThanOrEqual(labels.length / 2);
			expect(labels.filter((label) => label > median).length).toBeLessThanOrEqual(labels.length / 2);
		}),
	);
});
