/** Models on the command line: bring weights, use them by name, see what they are. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_MODEL_NAME, type FocusLiteNNDefinition, focusLiteNNToSafetensors } from '@parfocal/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parfocal } from './helpers/program.ts';
import { scratchFolder } from './helpers/scratch.ts';

const folder = scratchFolder('models');
const before = process.env['PARFOCAL_MODELS'];

const definition: FocusLiteNNDefinition = {
	kind: 'focuslitenn',
	name: 'made-by-a-test',
	sha256: '0'.repeat(64),
	licence: 'CC0-1.0',
	origin: 'made by a test',
	planes: 'luma',
	pooling: 'min',
	kernels: 1,
	convWeight: Float32Array.from({ length: 49 }, (_, i) => ((i * 31) % 49) / 49 - 0.5),
	convBias: Float32Array.of(0),
	head: [],
	paddingPx: 0,
	clampAtZero: false,
	unit: 'score',
};

beforeAll(async () => {
	process.env['PARFOCAL_MODELS'] = join(folder, 'store');
	writeFileSync(join(folder, 'mine.safetensors'), focusLiteNNToSafetensors(definition));
	const made = await parfocal(folder, 'phantom', 'slide.tif', '--size', '1024x1024');
	expect(made.code, made.err).toBe(0);
}, 60_000);
afterAll(() => {
	if (before === undefined) delete process.env['PARFOCAL_MODELS'];
	else process.env['PARFOCAL_MODELS'] = before;
});

test('the shipped models are listed, one of them is the default', async () => {
	const { out, code } = await parfocal(folder, 'models', 'list', '--json');
	expect(code).toBe(0);
	const shipped = JSON.parse(out).filter((model: { source: string }) => model.source === 'shipped');
	expect(shipped.length).toBeGreaterThanOrEqual(3);
	expect(shipped.filter((model: { default: boolean }) => model.default)).toMatchObject([{ name: DEFAULT_MODEL_NAME }]);
});

test('weights are imported under a name, shown, and used for scoring and scanning', async () => {
	const imported = await parfocal(folder, 'models', 'import', 'mine.safetensors', '--name', 'mine', '--json');
	expect(imported.err).toBe('');
	expect(JSON.parse(imported.out)).toMatchObject({ name: 'mine', source: 'imported', licence: 'CC0-1.0', kernels: 1 });
	const shown = await parfocal(folder, 'models', 'show', 'mine');
	expect(shown.out).toMatch(/made by a test/);
	const scored = await parfocal(folder, 'score', 'slide.tif', '--model', 'mine', '--json');
	expect(JSON.parse(scored.out)).toMatchObject({ model: 'mine', unit: 'score', higherMeans: 'blurrier' });
	const fromFile = await parfocal(folder, 'score', 'slide.tif', '--model', 'mine.safetensors', '--json');
	expect(JSON.parse(fromFile.out).score).toBe(JSON.parse(scored.out).score);
	const scanned = await parfocal(folder, 'scan', 'slide.tif', '--model', 'mine', '--json');
	expect(JSON.parse(scanned.out)).toMatchObject({ provenance: { model: { name: 'mine', licence: 'CC0-1.0' } } });
});

test('a name in use is refused unless forced; what is no model is refused in words', async () => {
	await parfocal(folder, 'models', 'import', 'mine.safetensors', '--name', 'twice');
	const again = await parfocal(folder, 'models', 'import', 'mine.safetensors', '--name', 'twice');
	expect(again.err).toMatch(/^parfocal: There is a model 'twice' already/);
	expect(again.code).toBe(5);
	expect((await parfocal(folder, 'models', 'import', 'mine.safetensors', '--name', 'twice', '--force')).code).toBe(0);
	const bad = await parfocal(folder, 'models', 'import', 'slide.tif', '--name', 'bad');
	expect(bad.err).toMatch(/^parfocal: .*neither a PyTorch file/);
	expect(bad.code).toBe(4);
	const shown = await parfocal(folder, 'models', 'show', 'mne');
	expect(shown.err).toMatch(/Did you mean 'mine'/);
	expect(shown.code).toBe(2);
});
