import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readNetworkFile } from '../networks/model-file.ts';
import { decodeCheckpoint } from './checkpoint.ts';
import type { FitEvent } from './fit-network.ts';
import type { TrainingSettings } from './settings.ts';
import { drawnPatches } from './testing/drawn-patches.ts';
import { TRAINING_FILES, trainToFolder } from './training-folder.ts';

let data: string;
let root: string;
let runs = 0;
let folder: string;
beforeAll(async () => {
	root = mkdtempSync(join(tmpdir(), 'parfocal-training-'));
	data = await drawnPatches({ sidePx: 64, classes: 3, slides: 5, patches: 2 });
});
afterAll(() => {
	for (const path of [root, data]) rmSync(path, { recursive: true, force: true });
});
beforeEach(() => {
	folder = join(root, `run-${runs++}`);
});

/** FocusLiteNN by our own WebAssembly; the energy network by a graph; a head by features. */
const kinds: Record<string, Partial<TrainingSettings>> = {
	'without a graph': { network: 'focuslitenn_2', inputPx: 64, batch: 8 },
	'by a graph': { network: 'focuslitenn_energy', loss: 'oe', inputPx: 64, batch: 8, accumulate: 2 },
	'on features': { network: 'squeezenet1_0', loss: 'co', freeze: 'backbone', inputPx: 32, batch: 8 },
};
const direct = { decoders: 0 };

function model(own: string): Buffer {
	return readFileSync(join(own, TRAINING_FILES.model));
}

describe.each(Object.entries(kinds))('%s', (_, given) => {
	test('writes all files, and the same again to the byte', async () => {
		const trained = await trainToFolder({ folder, data, given: { ...given, epochs: 3 }, ...direct });
		const { answers, card, checkpoint, curve, log, model: file } = TRAINING_FILES;
		expect(readdirSync(folder).sort()).toEqual([answers, card, checkpoint, curve, log, file].sort());
		expect(readFileSync(join(folder, log), 'utf8').trim().split('\n')).toHaveLength(4);
		const { description, tensors } = readNetworkFile(new Uint8Array(model(folder)), 'm');
		expect(description).toMatchObject({
			network: given.network,
			classes: trained.task.classes,
			higherMeans: 'blurrier',
		});
		expect([...tensors.keys()]).toEqual(trained.task.specs.map(({ key }) => key));
		expect(trained.test!.patches).toBe(6);
		const again = join(root, `run-${runs++}`);
		await trainToFolder({ folder: again, data, given: { ...given, epochs: 3 }, ...direct });
		expect(model(again)).toEqual(model(folder));
	});

	test('stopped within an epoch and gone on with: the numbers of one that never stopped', async () => {
		const straight = join(root, `run-${runs++}`);
		await trainToFolder({ folder: straight, data, given: { ...given, epochs: 4 }, ...direct });
		const controller = new AbortController();
		const onEvent = (event: FitEvent): void => {
			if (event.kind === 'step' && event.epoch === 3) controller.abort(new Error('stop'));
		};
		const stopped = trainToFolder({
			folder,
			data,
			given: { ...given, epochs: 4 },
			onEvent,
			signal: controller.signal,
			...direct,
		});
		await expect(stopped).rejects.toThrow('stop');
		const kept = decodeCheckpoint(readFileSync(join(folder, TRAINING_FILES.checkpoint)), 'c').state.progress;
		expect([kept.epochs, kept.batch]).toEqual([2, 1]);
		const trained = await trainToFolder({ folder, given: {}, resume: true, ...direct });
		expect(model(folder)).toEqual(model(straight));
		const { state } = decodeCheckpoint(readFileSync(join(straight, TRAINING_FILES.checkpoint)), 'c');
		const withoutTimes = (rows: typeof state.progress.history) => rows.map(({ msPerStep: _, ...row }) => row);
		expect(withoutTimes(trained.progress.history)).toEqual(withoutTimes(state.progress.history));
	});
});

test('two epochs and two more are four', async () => {
	const given = kinds['without a graph']!;
	const straight = join(root, `run-${runs++}`);
	await trainToFolder({ folder: straight, data, given: { ...given, epochs: 4 }, ...direct });
	await trainToFolder({ folder, data, given: { ...given, epochs: 2 }, ...direct });
	await trainToFolder({ folder, given: { epochs: 4 }, resume: true, ...direct });
	expect(model(folder)).toEqual(model(straight));
	expect(readFileSync(join(folder, TRAINING_FILES.log), 'utf8').trim().split('\n')).toHaveLength(5);
});

test('killed, and gone on with: the same numbers', async () => {
	const given = { ...kinds['without a graph']!, epochs: 400 };
	const script = `import { trainToFolder } from ${JSON.stringify(fileURLToPath(new URL('./training-folder.ts', import.meta.url)))};
await trainToFolder(${JSON.stringify({ folder, data, given, ...direct })});`;
	const child = spawn(process.execPath, ['--conditions=source', '--input-type=module', '-e', script], {
		stdio: 'ignore',
	});
	const over = new Promise((resolve) => child.once('exit', resolve));
	const log = join(folder, TRAINING_FILES.log);
	while (!existsSync(log) || readFileSync(log, 'utf8').split('\n').length < 5) await sleep(20);
	child.kill('SIGKILL');
	await over;
	expect(existsSync(join(folder, TRAINING_FILES.model))).toBe(false);
	const { epochs } = decodeCheckpoint(readFileSync(join(folder, TRAINING_FILES.checkpoint)), 'c').state.progress;
	expect(epochs).toBeGreaterThanOrEqual(3);
	const total = epochs + 2;
	await trainToFolder({ folder, given: { epochs: total }, resume: true, ...direct });
	const straight = join(root, `run-${runs++}`);
	await trainToFolder({ folder: straight, data, given: { ...given, epochs: total }, ...direct });
	expect(model(folder)).toEqual(model(straight));
}, 60_000);

describe('refused', () => {
	const given = kinds['without a graph']!;
	test('a folder that holds something; it is left as it was', async () => {
		await trainToFolder({ folder, data, given: { ...given, epochs: 1 }, ...direct });
		const before = model(folder);
		await expect(trainToFolder({ folder, data, given, ...direct })).rejects.toThrow(
			/holds a training already.*--resume/,
		);
		expect(model(folder)).toEqual(before);
		await expect(trainToFolder({ folder: data, data, given, ...direct })).rejects.toThrow(/holds other files already/);
		const other = trainToFolder({ folder, given: { learningRate: 5 }, resume: true, ...direct });
		await expect(other).rejects.toThrow(/began with learningRate 0.01, not 5/);
	});

	test('going on with nothing; starting with nothing', async () => {
		await expect(trainToFolder({ folder, given, resume: true })).rejects.toThrow(/no training to go on with/);
		await expect(trainToFolder({ folder, given: {} })).rejects.toThrow(/which network/);
		await expect(trainToFolder({ folder, given })).rejects.toThrow(/what to train on/);
		await expect(trainToFolder({ folder, given, data: join(root, 'none') })).rejects.toThrow(/does not exist/);
		expect(existsSync(folder)).toBe(false);
	});
});

test('a loss that is no number stops it with words, and the last good state is kept', async () => {
	const given = {
		...kinds['by a graph']!,
		epochs: 3,
		accumulate: 1,
		learningRate: 1e30,
		schedule: { kind: 'constant' } as const,
	};
	const failed = trainToFolder({ folder, data, given, ...direct });
	await expect(failed).rejects.toThrow(
		/diverged: .* no number any more in epoch \d, batch \d, at the learning rate 1e\+30\. Try a smaller rate/,
	);
	const { state } = decodeCheckpoint(readFileSync(join(folder, TRAINING_FILES.checkpoint)), 'c');
	for (const { data: numbers } of state.training.parameters.values()) {
		expect(numbers.every(Number.isFinite)).toBe(true);
	}
});

test('a broken picture is named and left out', async () => {
	const own = await drawnPatches({ sidePx: 64, classes: 2, slides: 4, patches: 3 });
	const broken = join(own, '0', 'slide0', 'patch1.png');
	writeFileSync(broken, 'no picture');
	const notes: string[] = [];
	const onEvent = (event: FitEvent): void => {
		if (event.kind === 'note') notes.push(event.text);
	};
	const given = { ...kinds['by a graph']!, split: 'patch', epochs: 2 } as const;
	await trainToFolder({ folder, data: own, given, onEvent, ...direct });
	expect(notes.filter((note) => note.includes(broken))).toHaveLength(1);
	rmSync(own, { recursive: true });
});

test('a class that nothing teaches is said', async () => {
	const own = await drawnPatches({ sidePx: 64, classes: 2, slides: 2, patches: 2 });
	for (const [from, to] of [
		['0/slide0', 'train/0'],
		['0/slide1', 'test/0'],
		['1', 'test/1'],
	]) {
		cpSync(join(own, from!), join(own, to!), { recursive: true });
	}
	for (const name of ['0', '1']) rmSync(join(own, name), { recursive: true });
	const given = { ...kinds['by a graph']!, split: 'listed' } as const;
	await expect(trainToFolder({ folder, data: own, given, ...direct })).rejects.toThrow(
		/No patch of class "1" is on the train side/,
	);
	rmSync(own, { recursive: true });
});

test('a search of lambda goes on where it stopped, and its result is trained with', async () => {
	const given = { ...kinds['on features']!, epochs: 4, split: 'patch' } as const;
	const search = { lambdas: [0.01, 1], folds: 2 };
	const controller = new AbortController();
	let trials = 0;
	const onEvent = (event: FitEvent): void => {
		if (event.kind === 'note' && event.text.startsWith('lambda') && ++trials === 3) controller.abort(new Error('stop'));
	};
	const signal = controller.signal;
	await expect(trainToFolder({ folder, data, given, search, onEvent, signal, ...direct })).rejects.toThrow('stop');
	const kept = JSON.parse(readFileSync(join(folder, TRAINING_FILES.search), 'utf8')) as { trials: unknown[] };
	expect(kept.trials).toHaveLength(3);
	const notes: string[] = [];
	const trained = await trainToFolder({
		folder,
		given: {},
		resume: true,
		onEvent: (event) => event.kind === 'note' && notes.push(event.text),
		...direct,
	});
	expect(notes.filter((note) => note.startsWith('lambda'))).toHaveLength(1);
	expect(trained.search!.trials.slice(0, 3)).toEqual(kept.trials);
	expect(trained.search!.epochs).toBe(1);
	expect(trained.description.lambda).toBe(trained.search!.lambda);
	expect(readFileSync(join(folder, TRAINING_FILES.card), 'utf8')).toMatch(/\| lambda \| fold 1 \| fold 2 \| mean \|/);
});

test('stops early when nothing gets better, and keeps the best', async () => {
	const given = { ...kinds['without a graph']!, epochs: 60, patience: 2, learningRate: 0.05 };
	const { progress } = await trainToFolder({ folder, data, given, ...direct });
	expect(progress.epochs).toBe(progress.best!.epoch + 2);
	const errors = progress.history.map(({ validation }) => 1 - validation!.srcc!);
	expect(progress.best!.error).toBe(Math.min(...errors));
	expect(readFileSync(join(folder, TRAINING_FILES.card), 'utf8')).toContain('stopped early');
});
