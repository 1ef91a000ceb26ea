/** The rules of the house that a compiler does not know. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { isSource, root, textOf, trackedFiles } from './helpers/repository.ts';

const files = trackedFiles();
const sources = files.filter(isSource);

function lineCount(path: string): number {
	return textOf(path).split('\n').length - 1;
}

test('no source file is longer than 400 lines, tables aside, and half of them are at most 110', () => {
	const lengths = sources.map((path) => ({ path, lines: lineCount(path) }));
	expect(lengths.filter(({ path, lines }) => lines > 400 && !path.endsWith('.table.ts'))).toEqual([]);
	const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
	expect(sorted.length).toBeGreaterThan(50);
	expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(110);
});

test('every exported symbol says what it is', () => {
	const silent = sources
		.filter((path) => path.includes('/src/'))
		.flatMap((path) => {
			const lines = textOf(path).split('\n');
			return (
				lines
					.map((line, i) => ({ line, before: lines[i - 1] ?? '', at: `${path}:${i + 1}` }))
					.filter(({ line }) =>
						/^export (default )?(async )?(function|const|class|abstract|interface|type)\b(?! \{)/.test(line),
					)
					// Constants that belong together share the words above the first.
					.filter(({ before }) => !/\*\/$|^export const .*;$/.test(before))
					.map(({ at }) => at)
			);
		});
	expect(silent).toEqual([]);
});

test('nothing points at the machine it was written on', () => {
	const texts = files.filter(
		(path) => /\.(ts|mjs|js|json|md|html|css|ya?ml|c|sh)$|^\.ci\//.test(path) && path !== 'package-lock.json',
	);
	// Spelt so that this file does not find itself.
	const places = new RegExp(
		['/wo' + 'rk/', '/ro' + 'ot/', '/Us' + 'ers/[a-z]', 'C:\\\\Us' + 'ers']
			.map((place) => `(?<![\\w.-])${place}`)
			.join('|'),
	);
	expect(texts.filter((path) => places.test(textOf(path)))).toEqual([]);
});

test('no compiled file lies among the sources', () => {
	const inside = files.filter((path) => /^packages\/.*\/(src|kernels)\//.test(path));
	const beside = (path: string): boolean => files.includes(path.replace(/\.d\.ts$/, '.ts'));
	// Declarations of somebody else's module are written by hand, and have no source of that name.
	const compiled = inside.filter((path) => /\.(js|map|wasm)$/.test(path) || (path.endsWith('.d.ts') && beside(path)));
	expect(compiled).toEqual([]);
});

test('links in the documents lead somewhere', () => {
	const broken: string[] = [];
	for (const path of files.filter((name) => name.endsWith('.md'))) {
		const text = textOf(path).replace(/^```.*?^```/gms, '');
		for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
			if (/^[a-z]+:/i.test(target)) continue;
			const [file = '', anchor] = target.split('#');
			const full = file === '' ? join(root, path) : join(root, dirname(path), file);
			if (!existsSync(full)) broken.push(`${path}: ${target}`);
			else if (anchor && full.endsWith('.md') && !anchors(full).includes(anchor)) broken.push(`${path}: ${target}`);
		}
	}
	expect(broken).toEqual([]);
});

test('every npm script that the documents name exists, and the table of commands has them all', () => {
	const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
	const named = (path: string): string[] =>
		[...textOf(path).matchAll(/npm (?:run ([\w:-]+)|(test)\b)/g)].map(([, script, test]) => script ?? test!);
	for (const path of files.filter((name) => name.endsWith('.md'))) {
		for (const script of named(path)) expect(Object.keys(scripts), path).toContain(script);
	}
	expect(named('CONTRIBUTING.md')).toEqual(expect.arrayContaining(Object.keys(scripts)));
});

test('the plan of the code names every folder of the core and of the kernels', () => {
	const plan = textOf('docs/architecture.md');
	for (const part of ['src', 'kernels']) {
		const start = `packages/core/${part}/`;
		const inside = files.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length).split('/'));
		const folders = new Set(inside.filter((parts) => parts.length > 1).map(([folder]) => folder));
		folders.delete('testing');
		expect(folders.size).toBeGreaterThan(2);
		for (const folder of folders) expect(plan).toContain(`\`${folder}/\``);
	}
});

function anchors(path: string): string[] {
	const headings = textOf(path.slice(root.length + 1)).matchAll(/^#+ (.*)$/gm);
	return [...headings].map(([, words = '']) =>
		words
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s-]/gu, '')
			.trim()
			.replace(/\s/g, '-'),
	);
}
