/**
 * Compares this project with a file of golden values, whichever of the three kinds it is.
 * @module
 */
import { FormatError } from '@parfocal/core';
import type { Engine } from '../engine/runtime/engine.ts';
import { checkArchitectureFile } from './check-architecture-file.ts';
import { checkMetrics } from './check-metrics.ts';
import { checkOrdinal } from './check-ordinal.ts';
import { JsonNode } from './json-node.ts';
import type { LedgerItem } from './ledger.ts';

/** What a golden file is about. */
export type GoldenKind = 'ordinal' | 'metrics' | 'architectures';

/**
 * Reads a golden file and says what it is about.
 * @throws {FormatError} for what is not JSON, or JSON of another kind
 */
export function readGolden(text: string): { kind: GoldenKind; file: JsonNode } {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch (cause) {
		throw new FormatError('golden file', 'corrupt', `The file is not JSON: ${(cause as Error).message}`, { cause });
	}
	const file = new JsonNode(json, '');
	if (file.has('cases') && Array.isArray(file.at('cases').value)) return { kind: 'ordinal', file };
	if (['ordinal', 'continuous', 'binary', 'multiclass'].some((key) => file.has(key))) return { kind: 'metrics', file };
	if (file.has('forward') || file.has('train_step')) return { kind: 'architectures', file };
	throw new FormatError(
		'golden file',
		'unrecognised',
		'The file is none of the golden files that can be checked: it has neither a list of "cases" (losses), nor "ordinal", ' +
			'"continuous", "binary" or "multiclass" (metrics), nor "forward" or "train_step" (networks).',
	);
}

/**
 * Compares all that a golden file has.
 * @param engine - opened only where something is run on it
 * @throws {FormatError} as `readGolden`, and naming the place that is not as it should be
 */
export async function checkGolden(text: string, engine: () => Promise<Engine>): Promise<LedgerItem[]> {
	const { kind, file } = readGolden(text);
	const items =
		kind === 'metrics'
			? checkMetrics(file)
			: await (kind === 'ordinal' ? checkOrdinal : checkArchitectureFile)(file, await engine());
	if (items.length === 0) throw file.wrong('have something to check');
	return items;
}
