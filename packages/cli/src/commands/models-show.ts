/**
 * `parfocal models show`.
 * @module
 */
import { METRICS, metricDefinition } from '@parfocal/core';
import { type ModelSummary, showModel } from '@parfocal/node';
import type { Context } from '../context.ts';
import { findNetwork } from '../networks/network-store.ts';
import { networkFacts, networkInWords } from '../networks/network-words.ts';
import { metricFacts, metricInWords } from '../score/metric-words.ts';
import { formatTable } from '../table.ts';
import type { JsonFlag } from './models-list.ts';

/** Prints what is known of one model; its weights only as numbers of parameters. */
export default async function modelsShow(this: Context, flags: JsonFlag, name: string): Promise<void> {
	const network = await findNetwork(name, this.cwd);
	if (network) {
		const facts = networkFacts(network);
		this.process.stdout.write(flags.json ? `${JSON.stringify(facts, undefined, 2)}\n` : networkInWords(network));
		return;
	}
	const metric = METRICS.find((each) => each.name === name);
	if (metric) {
		const { sha256 } = await metricDefinition(name);
		const facts = { ...metricFacts(metric), sha256 };
		this.process.stdout.write(flags.json ? `${JSON.stringify(facts, undefined, 2)}\n` : metricInWords(metric, sha256));
		return;
	}
	const { definition, ...summary } = await showModel(name);
	const shown = { ...summary, mppRange: definition.mppRange ?? null };
	this.process.stdout.write(flags.json ? `${JSON.stringify(shown, undefined, 2)}\n` : inWords(shown));
}

/** The facts of a model in two columns. */
export function inWords(model: ModelSummary & { readonly mppRange?: readonly [number, number] | null }): string {
	const { mppRange } = model;
	return formatTable([
		['name', `${model.name}${model.default ? ' (the default)' : ''}, ${model.source}`],
		['kernels', `${model.kernels}, on ${model.planes === 'luma' ? 'brightness' : 'colour'}`],
		['pooling', model.pooling],
		['unit', `${model.unit}, ${model.calibrated ? 'calibrated' : 'not calibrated'}`],
		['parameters', `${model.parameters}`],
		['pixel size', mppRange ? `${mppRange[0]} to ${mppRange[1]} µm` : 'unknown'],
		['licence', model.licence],
		['origin', model.origin],
		['sha256', model.sha256],
	]);
}
