/**
 * Holds a network to torchvision's keys and shapes, to published counts, and to answers of the reference.
 * @module
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../../core/src/testing/shared.ts';
import { startedEngines } from '../../engine/testing/engines.ts';
import { checkForward, type GoldenArchitectures } from '../../golden/check-architectures.ts';
import { type HeadKind, type Network, parameterSpecs } from '../network.ts';
import { learnedCount } from '../parameters.ts';

/** Float32 against PyTorch's float64, as a share of the largest number; nearly all reach 1e-6. */
const TOLERANCE = 1e-4;
/** Compiling for a software graphics driver, and 138 million numbers, take their time. */
const TIMEOUT_MS = 240_000;

/** Expected learned numbers: with a head, and for how many outputs. */
export interface ExpectedCount {
	readonly head: HeadKind;
	readonly outputs: number;
	readonly count: number;
}

/** Declares a test for each expected number of parameters. */
export function testCounts(network: Network, counts: readonly ExpectedCount[]): void {
	test.each(counts)(`${network.name} with $head and $outputs outputs learns $count numbers`, (expected) => {
		expect(learnedCount(parameterSpecs(network, expected.head, expected.outputs))).toBe(expected.count);
	});
}

/** Declares that keys, their order and shapes are those of `spec/architectures.json`; counters of batches aside. */
export function testKeys(network: Network, outputs: number, name: string = network.name): void {
	test.skipIf(!hasShared)(`${network.name} has PyTorch's keys and shapes, in its order`, () => {
		const file = JSON.parse(readFileSync(sharedPath('spec/architectures.json'), 'utf8'));
		const expected = Object.entries(file[name].keys as Record<string, number[]>).filter(
			([key]) => !key.endsWith('num_batches_tracked'),
		);
		expect(parameterSpecs(network, 'classifier', outputs).map(({ key, shape }) => [key, shape])).toEqual(expected);
	});
}

/** Declares that answers are the reference's, on every engine that is named and can be started here. */
export function testForward(network: Network, devices: readonly string[]): void {
	describe.skipIf(!hasShared)(`${network.name} answers as PyTorch does`, () => {
		for (const { device, open } of startedEngines.filter((engine) => devices.includes(engine.device))) {
			test(`on ${device}`, { timeout: TIMEOUT_MS }, async () => {
				const file: GoldenArchitectures = JSON.parse(readFileSync(sharedPath('golden/arch-open.json'), 'utf8'));
				const items = await checkForward(file, await open(), [network.name]);
				expect(items.length).toBeGreaterThan(0);
				for (const { item, worst } of items) expect(worst, item).toBeLessThan(TOLERANCE);
			});
		}
	});
}
