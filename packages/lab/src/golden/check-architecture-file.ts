/**
 * Compares networks with a file in the format of `arch-open.json`: forward passes and training steps.
 * @module
 */
import type { Engine } from '../engine/runtime/engine.ts';
import { networkNamed } from '../networks/registry.ts';
import { type CheckedItem, checkForward, type GoldenForward } from './check-architectures.ts';
import { checkTrainingStep, type TrainingStepEntry } from './check-training-step.ts';
import type { JsonNode } from './json-node.ts';
import type { LedgerItem } from './ledger.ts';

/** Of the largest number of a tensor: 32 bits through up to a hundred layers. */
const TOLERANCE = 1e-3;

/**
 * Compares every network of the file on an engine.
 * @throws {FormatError} naming the place that is not as it should be
 * @throws {ModelError} for a network that is not known, or that the engine cannot run
 */
export async function checkArchitectureFile(file: JsonNode, engine: Engine): Promise<LedgerItem[]> {
	const salt = file.at('salt').text();
	const items: LedgerItem[] = [];
	const note = (where: string, checked: readonly CheckedItem[]): void => {
		for (const { item, worst } of checked) items.push({ item, numbers: 1, worst, tolerance: TOLERANCE, where });
	};
	const parts = (key: string): [string, JsonNode][] => (file.has(key) ? file.at(key).entries() : []);
	// Names first: a wrong one should not come up after minutes.
	for (const [name] of [...parts('forward'), ...parts('train_step')]) networkNamed(name);
	for (const [name, node] of parts('forward')) {
		const side = sideOf(node);
		const forward = { [name]: node.value as GoldenForward };
		note(`${side} px`, await checkForward({ salt, forward }, engine, [name]));
	}
	for (const [name, node] of parts('train_step')) {
		const side = sideOf(node);
		for (const key of ['grad', 'bn_after', 'param_after']) node.at(key).entries();
		node.at('loss_value').number();
		node.at('logits').rows();
		note(`${side} px`, await checkTrainingStep(engine, salt, name, node.value as TrainingStepEntry));
	}
	return items;
}

function sideOf(node: JsonNode): number {
	const side = node.at('hw').number();
	if (!(Number.isInteger(side) && side >= 1)) throw node.at('hw').wrong('be a whole number from 1');
	return side;
}
