/**
 * `parfocal models list`.
 * @module
 */
import { METRICS } from '@parfocal/core';
import { listModels } from '@parfocal/node';
import type { Context } from '../context.ts';
import { storedNetworks } from '../networks/network-store.ts';
import { networkFacts } from '../networks/network-words.ts';
import { metricFacts } from '../score/metric-words.ts';
import { formatTable } from '../table.ts';

/** The flag that listings share. */
export interface JsonFlag {
	readonly json?: boolean;
}

/** Prints every model that can be named with `--model`, and the stored ones that are damaged. */
export default async function modelsList(this: Context, flags: JsonFlag): Promise<void> {
	const { stdout } = this.process;
	const models = await listModels();
	const networks = await storedNetworks();
	if (flags.json) {
		stdout.write(
			`${JSON.stringify([...models, ...networks.map(networkFacts), ...METRICS.map(metricFacts)], undefined, 2)}\n`,
		);
		return;
	}
	const rows = models.flatMap((model) => {
		if ('damaged' in model) return [];
		const { name, kernels, pooling, unit, source, licence } = model;
		return [[`${name}${model.default ? ' (default)' : ''}`, `${kernels}`, pooling, unit, source, licence]];
	});
	stdout.write(formatTable([['model', 'kernels', 'pooling', 'unit', 'source', 'licence'], ...rows], [1]));
	if (networks.length > 0) {
		const facts = networks.map(({ name, file: { description } }) => {
			const { network, head, loss, unit, licence } = description;
			return [name, network, head, loss, unit, licence];
		});
		stdout.write(`\n${formatTable([['network', 'architecture', 'head', 'loss', 'unit', 'licence'], ...facts])}`);
	}
	const formulas = METRICS.map(({ name, higherMeans, looksAt }) => [name, higherMeans, looksAt]);
	stdout.write(`\n${formatTable([['metric', 'higher means', 'looks at'], ...formulas])}`);
	for (const model of models) if ('damaged' in model) stdout.write(`damaged: ${model.name}: ${model.damaged}\n`);
}
