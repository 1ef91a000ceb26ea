/**
 * Which of our losses a case of the file is about.
 * @module
 */
import { co } from '../losses/co.ts';
import { co2 } from '../losses/co2.ts';
import { entropyOfSamples } from '../losses/entropy.ts';
import { ho2 } from '../losses/ho2.ts';
import type { Loss } from '../losses/loss.ts';
import { neighbourPenalty } from '../losses/neighbour-penalty.ts';
import { lossNamed } from '../losses/registry.ts';
import { softmaxLoss } from '../losses/softmax-loss.ts';
import type { JsonNode } from './json-node.ts';
import type { LossTask } from './loss-numbers.ts';
import type { OrdinalCase } from './ordinal-case.ts';

/** A loss to run, and what it should come to. */
export interface OrdinalTask extends LossTask {
	readonly item: string;
	/** What to multiply ours by. */
	readonly scale: number;
	readonly expected: {
		readonly value: number;
		readonly perSample: readonly number[];
		readonly gradient: readonly number[];
	};
}

/** The file's names of losses that have ours. */
const NAMES: Readonly<Record<string, string>> = { CE: 'ce', OE_mean: 'oe', OE_sum: 'oe-sum', BU: 'bu' };

/**
 * All losses of a case. Left out is what the file marks as `LITERAL`: the printed equations with their misprint, which are
 * there to differ.
 * @throws {FormatError} for a loss that is not known
 */
export function ordinalTasks(each: OrdinalCase): OrdinalTask[] {
	return each.node
		.at('losses')
		.entries()
		.flatMap(([key, node]) => {
			if (key === 'composite') return node.list().flatMap((composite) => compositeTask(each, composite) ?? []);
			const loss = lossOf(key) ?? unknown(node, `be a loss: ${[...Object.keys(NAMES), 'entropy'].join(', ')} …`);
			return task(each, node, key, loss);
		});
}

function lossOf(key: string): Loss | undefined {
	const name = NAMES[key];
	if (name) return lossNamed(name);
	if (key === 'entropy') return softmaxLoss({ name: key, source: '', perSample: entropyOfSamples });
	const delta = Number(/^penalty_delta_(.+)$/.exec(key)?.[1]);
	if (Number.isNaN(delta)) return undefined;
	const perSample: Loss['perSample'] & {} = (tape, logits, targets) => neighbourPenalty(tape, logits, targets, delta);
	return softmaxLoss({ name: key, source: '', perSample });
}

/** The code of 2021 weighs the base: `lambda · base + penalty` is lambda times ours with one over lambda. */
function compositeTask(each: OrdinalCase, node: JsonNode): OrdinalTask | undefined {
	const form = node.at('form').text();
	if (form.startsWith('LITERAL')) return undefined;
	const inverse = form.startsWith('code2021');
	if (!inverse && !form.startsWith('paper')) unknown(node.at('form'), 'begin with "paper", "code2021" or "LITERAL"');
	const name = node.at('loss').text();
	const lambda = node.at('lam').number();
	const delta = node.at('delta').number();
	const weight = inverse ? 1 / lambda : lambda;
	const losses: Readonly<Record<string, () => Loss>> = {
		CO: () => (delta === 0 ? co(weight) : co2(weight, delta)),
		CO2: () => co2(weight, delta),
		HO2: () => ho2(weight, delta),
	};
	const make = Object.hasOwn(losses, name) ? losses[name] : undefined;
	if (!make) unknown(node.at('loss'), `be one of ${Object.keys(losses).join(', ')}`);
	return task(each, node, inverse ? `${name} (2021)` : name, make!(), inverse ? lambda : 1);
}

function task(each: OrdinalCase, node: JsonNode, item: string, loss: Loss, scale = 1): OrdinalTask {
	const outputs = loss.outputs(each.classes);
	const gradient = node.at('grad');
	return {
		item,
		loss,
		answers: loss.name === 'bu' ? each.binomial : outputs === each.classes ? each.softmax : each.encoding,
		scale,
		expected: {
			value: node.at('value').number(),
			perSample: node.at('per_sample').numbers(),
			gradient: loss.name === 'bu' ? gradient.numbers() : gradient.rows().flat(),
		},
	};
}

function unknown(node: JsonNode, expectation: string): never {
	throw node.wrong(expectation);
}
