/**
 * Losses run on an engine, to compare their numbers with others.
 * @module
 */
import type { ElementType } from '../engine/element-type.ts';
import { elementArray } from '../engine/element-type.ts';
import type { Engine } from '../engine/runtime/engine.ts';
import { Tape } from '../engine/tape.ts';
import type { Loss } from '../losses/loss.ts';

/** A loss and the answers that it judges. */
export interface LossTask {
	readonly loss: Pick<Loss, 'build' | 'perSample'>;
	/** A row a sample. */
	readonly answers: readonly (readonly number[])[];
}

/** What a loss came to. */
export interface LossNumbers {
	/** Of the batch. */
	readonly value: number;
	/** Of each sample; absent where the loss is of the batch only. */
	readonly perSample?: readonly number[];
	/** Of the batch's loss with respect to each answer, in rows. */
	readonly gradient: readonly (readonly number[])[];
}

/**
 * Runs several losses of the same targets in one graph.
 * @param precision - 64 bits run on the processor only
 * @returns the numbers of each task, in their order
 * @throws {ModelError} when the engine refuses the graph
 */
export async function lossNumbers(
	engine: Engine,
	precision: 'float32' | 'float64',
	targets: readonly number[],
	classes: number,
	tasks: readonly LossTask[],
): Promise<LossNumbers[]> {
	const type: ElementType = precision;
	const tape = new Tape('losses');
	const { graph } = tape;
	const count = targets.length;
	const known = graph.input('targets', [count], type);
	for (const [i, { loss, answers }] of tasks.entries()) {
		const given = tape.variable(graph.input(`answers_${i}`, [count, answers[0]!.length], type));
		const value = loss.build(tape, given, known, classes);
		graph.output(`value_${i}`, value);
		graph.output(`gradient_${i}`, tape.gradients(value, [given])[0]!);
		if (loss.perSample) graph.output(`samples_${i}`, loss.perSample(tape, given, known, classes));
	}
	const session = await engine.load(graph.encode());
	const outputs = await session.run({
		targets: engine.tensor(type, elementArray(type, targets), [count]),
		...Object.fromEntries(
			tasks.map(({ answers }, i) => [
				`answers_${i}`,
				engine.tensor(type, elementArray(type, answers.flat()), [count, answers[0]!.length]),
			]),
		),
	});
	const numbers = async (name: string): Promise<number[]> =>
		Array.from((await outputs[name]!.getData()) as Float32Array | Float64Array);
	const found: LossNumbers[] = [];
	for (const [i, { loss, answers }] of tasks.entries()) {
		const columns = answers[0]!.length;
		const gradient = await numbers(`gradient_${i}`);
		found.push({
			value: (await numbers(`value_${i}`))[0]!,
			...(loss.perSample && { perSample: await numbers(`samples_${i}`) }),
			gradient: answers.map((_, row) => gradient.slice(row * columns, (row + 1) * columns)),
		});
	}
	await session.close();
	return found;
}
