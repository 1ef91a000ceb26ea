/**
 * One case of a file in the format of `ordinal-open.json`.
 * @module
 */
import type { JsonNode } from './json-node.ts';

/** Answers for three kinds of head, and what should come of them. */
export interface OrdinalCase {
	readonly name: string;
	readonly classes: number;
	/** True class of each sample. */
	readonly labels: readonly number[];
	/** A logit a class, in rows. */
	readonly softmax: readonly (readonly number[])[];
	/** K-1 logits, in rows. */
	readonly encoding: readonly (readonly number[])[];
	/** One logit, in rows. */
	readonly binomial: readonly (readonly number[])[];
	/** The whole case, for what is expected. */
	readonly node: JsonNode;
}

/**
 * Reads a case.
 * @throws {FormatError} for labels that are no classes, or answers of a wrong shape
 */
export function ordinalCase(node: JsonNode): OrdinalCase {
	const classes = node.at('K').number();
	if (!(Number.isInteger(classes) && classes >= 2)) throw node.at('K').wrong('be a whole number from 2');
	const labels = node.at('labels').numbers();
	if (labels.length === 0) throw node.at('labels').wrong('have a sample');
	if (labels.some((label) => !Number.isInteger(label) || label < 0 || label >= classes)) {
		throw node.at('labels').wrong(`be classes 0 to ${classes - 1}`);
	}
	const rows = (head: JsonNode, columns: number, read: (logits: JsonNode) => number[][]): number[][] => {
		const logits = head.at('logits');
		const found = read(logits);
		if (found.length !== labels.length || found[0]!.length !== columns) {
			throw logits.wrong(`have ${labels.length} rows of ${columns}`);
		}
		return found;
	};
	return {
		name: node.at('name').text(),
		classes,
		labels,
		softmax: rows(node.at('softmax'), classes, (logits) => logits.rows()),
		encoding: rows(node.at('oe'), classes - 1, (logits) => logits.rows()),
		binomial: rows(node.at('bu'), 1, (logits) => logits.numbers().map((logit) => [logit])),
		node,
	};
}
