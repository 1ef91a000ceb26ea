import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../core/src/testing/shared.ts';
import { startedEngines } from '../engine/testing/engines.ts';
import { checkTrainingStep, type TrainingStepEntry } from './check-training-step.ts';

/** Float32 against PyTorch's float64. */
const TOLERANCE = 1e-3;

describe.skipIf(!hasShared)('one training step agrees with PyTorch', () => {
	const file = hasShared
		? (JSON.parse(readFileSync(sharedPath('golden/arch-open.json'), 'utf8')) as {
				salt: string;
				train_step: Record<string, TrainingStepEntry>;
			})
		: { salt: '', train_step: {} };

	for (const { device, open } of startedEngines.filter((engine) => engine.device !== 'webgpu')) {
		for (const [name, entry] of Object.entries(file.train_step)) {
			test(`of ${name} on ${device}`, async () => {
				const items = await checkTrainingStep(await open(), file.salt, name, entry);
				expect(items.length).toBeGreaterThanOrEqual(4);
				for (const { item, worst } of items) expect(worst, item).toBeLessThan(TOLERANCE);
			});
		}
	}

	test('and a wrong expectation is found', async () => {
		const [name, entry] = Object.entries(file.train_step)[0]!;
		const [key, first] = Object.entries(entry.param_after)[0]!;
		const wrong = { ...entry, param_after: { [key]: first.map((value) => value + 0.01) } };
		const items = await checkTrainingStep(await startedEngines[0]!.open(), file.salt, name, wrong);
		expect(items.find(({ item }) => item.endsWith('parameters'))!.worst).toBeGreaterThan(TOLERANCE);
	});
});
