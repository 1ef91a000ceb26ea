import {
	chmodSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	ArgumentError,
	DEFAULT_MODEL_NAME,
	type FocusLiteNNDefinition,
	FormatError,
	focusLiteNNToSafetensors,
	listShippedModels,
	ModelError,
	ReadError,
	readSafetensors,
	type Tensor,
	WriteError,
	writeSafetensors,
} from '@parfocal/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../core/src/testing/shared.ts';
import { floats, writeLegacyTorch, writeZipTorch } from '../../core/src/weights/testing/torch-writer.ts';
import { importModel, listModels, resolveModel, showModel } from './model-store.ts';

let work: string;
let folder: string;
beforeEach(() => {
	work = mkdtempSync(join(tmpdir(), 'parfocal-models-'));
	folder = join(work, 'store', 'models');
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

const weights = Array.from({ length: 147 }, (_, i) => Math.sin(i));
const parts = [floats('module.conv.weight', '0', [1, 3, 7, 7], weights), floats('module.conv.bias', '1', [1], [0.25])];

/** A file of the given name with the given bytes. */
function put(name: string, bytes: Uint8Array): string {
	const path = join(work, name);
	writeFileSync(path, bytes);
	return path;
}

const foreignSafetensors = (): Uint8Array => {
	const tensors = parts.map(({ name, shape, bytes }): [string, Tensor] => [
		name,
		{ shape, data: new Float32Array(bytes.buffer) },
	]);
	return writeSafetensors(new Map(tensors), { format: 'pt' });
};

const ours = (change: Partial<FocusLiteNNDefinition> = {}): Uint8Array =>
	focusLiteNNToSafetensors({
		kind: 'focuslitenn',
		name: 'theirs',
		sha256: '',
		licence: 'CC0-1.0',
		origin: 'a friend',
		planes: 'all',
		pooling: 'min',
		kernels: 1,
		convWeight: Float32Array.from(weights),
		convBias: Float32Array.of(0.25),
		head: [],
		paddingPx: 0,
		clampAtZero: false,
		unit: 'blurRadiusPx',
		calibration: { raw: [0, 1], value: [0, 2] },
		...change,
	});

describe('importing', () => {
	test.each([
		['a PyTorch file', 'a.pt', writeZipTorch(parts)],
		['an older PyTorch file', 'b.pt', writeLegacyTorch(parts)],
		['foreign safetensors', 'c.safetensors', foreignSafetensors()],
	])('%s: kept as one of our files, with where it came from', async (_, file, bytes) => {
		const imported = await importModel(put(file, bytes), 'mine', { folder, licence: 'MIT' });
		expect(imported).toMatchObject({
			name: 'mine',
			source: 'imported',
			kernels: 1,
			pooling: 'min',
			planes: 'all',
			unit: 'score',
			licence: 'MIT',
			parameters: 148,
			calibrated: false,
			default: false,
		});
		expect(imported.origin).toMatch(new RegExp(`^imported from ${file} \\(SHA-256 [0-9a-f]{64}\\)$`));
		expect(readdirSync(folder)).toEqual(['mine.safetensors']);
		const stored = readSafetensors(readFileSync(join(folder, 'mine.safetensors')));
		expect([...stored.tensors.get('conv.weight')!.data]).toEqual([...Float32Array.from(weights)]);
	});

	test('takes unit and clamping from the user', async () => {
		const file = put('mse.pt', writeZipTorch(parts));
		await importModel(file, 'mse', { folder, unit: 'zLevel', clampAtZero: true });
		const { definition } = await showModel('mse', folder);
		expect(definition).toMatchObject({ unit: 'zLevel', clampAtZero: true, paddingPx: 1 });
		expect(definition.licence).toMatch(/not stated/);
	});

	test('one of our own files keeps what it says, under the new name', async () => {
		await importModel(put('theirs.safetensors', ours()), 'mine', { folder });
		const { definition, calibrated } = await showModel('mine', folder);
		expect(definition).toMatchObject({ name: 'mine', unit: 'blurRadiusPx', licence: 'CC0-1.0', origin: 'a friend' });
		expect(calibrated).toBe(true);
	});

	test('never replaces a model unless told', async () => {
		const file = put('a.pt', writeZipTorch(parts));
		await importModel(file, 'mine', { folder, licence: 'first' });
		const again = importModel(file, 'mine', { folder, licence: 'second' });
		await expect(again).rejects.toThrow(WriteError);
		await expect(again).rejects.toThrow(/'mine' already.*--force/);
		expect((await showModel('mine', folder)).licence).toBe('first');
		await importModel(file, 'mine', { folder, licence: 'second', force: true });
		expect((await showModel('mine', folder)).licence).toBe('second');
	});

	test.each(['', 'Mine', '../up', 'a/b', 'a\\b', '.hidden', 'x.pt', 'x.safetensors', 'ends-', 'a b', 'n'.repeat(65)])(
		"'%s' is no name",
		async (name) => {
			const file = put('a.pt', writeZipTorch(parts));
			await expect(importModel(file, name, { folder })).rejects.toThrow(ArgumentError);
			expect(readdirSync(work)).toEqual(['a.pt']);
		},
	);

	test.each<[string, () => string, new (...args: never[]) => Error, RegExp]>([
		['a missing file', () => join(work, 'none.pt'), ReadError, /none.pt does not exist/],
		['a folder', () => work, ReadError, /is a folder/],
		['an empty file', () => put('e.pt', new Uint8Array(0)), FormatError, /neither a PyTorch file/],
		['a picture', () => put('p.pt', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)), FormatError, /neither a PyTorch file/],
		['a cut file', () => put('c.pt', writeZipTorch(parts).subarray(0, 500)), FormatError, /cut off/],
		[
			'another network',
			() => put('o.pt', writeZipTorch([floats('fc.weight', '0', [1], [1])])),
			ModelError,
			/conv.weight/,
		],
		['a huge file', () => huge('h.pt'), FormatError, /another kind of file/],
	])('%s leaves the store as it was', async (_, file, kind, message) => {
		const attempt = importModel(file(), 'mine', { folder });
		await expect(attempt).rejects.toThrow(kind);
		await expect(attempt).rejects.toThrow(message);
		expect(readdirSync(work)).not.toContain('store');
	});

	test('a store that cannot be written', async () => {
		const file = put('a.pt', writeZipTorch(parts));
		put('store', new Uint8Array(1));
		await expect(importModel(file, 'mine', { folder })).rejects.toThrow(WriteError);
	});
});

function huge(name: string): string {
	const path = put(name, new Uint8Array(0));
	truncateSync(path, 65 * 2 ** 20);
	return path;
}

describe('finding models', () => {
	test('a store that was never made holds nothing of the user’s', async () => {
		expect((await listModels(folder)).filter(({ source }) => source === 'imported')).toEqual([]);
	});

	test('lists imported models by name, and nothing else in the folder', async () => {
		const file = put('a.pt', writeZipTorch(parts));
		for (const name of ['zeta', 'alpha']) await importModel(file, name, { folder });
		writeFileSync(join(folder, 'notes.txt'), 'hello');
		writeFileSync(join(folder, '.alpha.99.part'), 'half');
		const imported = (await listModels(folder)).filter(({ source }) => source === 'imported');
		expect(imported.map(({ name }) => name)).toEqual(['alpha', 'zeta']);
	});

	test('lists what is damaged as damaged, and the others all the same', async () => {
		await importModel(put('a.pt', writeZipTorch(parts)), 'whole', { folder });
		writeFileSync(join(folder, 'cut.safetensors'), ours().subarray(0, 300));
		writeFileSync(join(folder, 'empty.safetensors'), '');
		const other = new Map<string, Tensor>([['fc.weight', { shape: [1], data: Float32Array.of(1) }]]);
		writeFileSync(join(folder, 'other.safetensors'), writeSafetensors(other));
		mkdirSync(join(folder, 'folder.safetensors'));
		const listed = await listModels(folder);
		const damaged = listed.filter((model) => 'damaged' in model);
		expect(damaged.map(({ name }) => name)).toEqual(['cut', 'empty', 'folder', 'other']);
		for (const { name, damaged: sentence } of damaged) {
			expect(sentence).toMatch(/^\S.{10,}\. Import it again with --force, or remove .+\.safetensors\.$/s);
			expect(sentence).toContain(join(folder, `${name}.safetensors`));
		}
		const usable = listed.filter((model) => !('damaged' in model)).map(({ name }) => name);
		expect(usable).toEqual([...listShippedModels(), 'whole']);
	});

	test('an unknown name lists the known ones and guesses', async () => {
		await importModel(put('a.pt', writeZipTorch(parts)), 'mymodel', { folder });
		const asked = showModel('mymodle', folder);
		await expect(asked).rejects.toThrow(ModelError);
		await expect(asked).rejects.toThrow(/mymodel.*Did you mean 'mymodel'\?/);
	});

	test('resolves an imported name', async () => {
		await importModel(put('a.pt', writeZipTorch(parts)), 'mine', { folder });
		expect((await resolveModel('mine', { folder })).name).toBe('mine');
	});

	test('resolves files, relative to the folder told, without importing them', async () => {
		put('a.pt', writeZipTorch(parts));
		put('theirs.safetensors', ours());
		const torch = await resolveModel('a.pt', { cwd: work, folder });
		expect(torch).toMatchObject({ name: 'a', unit: 'score' });
		const own = await resolveModel('./theirs.safetensors', { cwd: work, folder });
		expect(own).toMatchObject({ name: 'theirs', unit: 'blurRadiusPx' });
		expect(readdirSync(work)).not.toContain('store');
	});

	test('a file that is not there is a file that is not there', async () => {
		await expect(resolveModel('none.pt', { cwd: work, folder })).rejects.toThrow(ReadError);
		await expect(resolveModel('sub/none', { cwd: work, folder })).rejects.toThrow(ReadError);
	});

	test('a damaged model in the store is named', async () => {
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'broken.safetensors'), ours().subarray(0, 300));
		await expect(resolveModel('broken', { folder })).rejects.toThrow(FormatError);
	});

	test('a shipped model whatever state the store is in', async () => {
		const file = join(folder, 'not-a-folder');
		mkdirSync(folder, { recursive: true });
		writeFileSync(file, '');
		await expect(listModels(file)).rejects.toThrow(ReadError);
		expect((await resolveModel(undefined, { folder: file })).name).toBe(DEFAULT_MODEL_NAME);
	});

	test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('a store that may not be read', async () => {
		mkdirSync(folder, { recursive: true });
		chmodSync(folder, 0);
		await expect(listModels(folder)).rejects.toThrow(ReadError);
		chmodSync(folder, 0o700);
	});
});

test.skipIf(!hasShared)('the authors’ file imports and resolves', async () => {
	const file = sharedPath('weights/focuslitenn-official/focuslitenn-2kernel-mse.pt');
	const imported = await importModel(file, 'authors-2', { folder, unit: 'zLevel', clampAtZero: true });
	expect(imported).toMatchObject({ kernels: 2, parameters: 299, unit: 'zLevel' });
	expect((await resolveModel('authors-2', { folder })).cells!.kernels).toBe(2);
});
