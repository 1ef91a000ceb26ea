/**
 * `parfocal models list`.
 * @module
 */
import { listModels } from '@parfocal/node';
import type { Context } from '../context.ts';
import { formatTable } from '../table.ts';

/** The flag that listings share. */
export interface JsonFlag {
	readonly json?: boolean;
}

/** Prints every model that can be named with `--model`, and the stored ones that are damaged. */
export default async function modelsList(this: Context, flags: JsonFlag): Promise<void> {
	const { stdout } = this.process;
	const models = await listModels();
	if (flags.json) {
		stdout.write(`${JSON.stringify(models, undefined, 2)}\n`);
		return;
	}
	const rows = models.flatMap((model) => {
		if ('damaged' in model) return [];
		const { name, kernels, pooling, unit, source, licence } = model;
		return [[`${name}${model.default ? ' (default)' : ''}`, `${kernels}`, pooling, unit, source, licence]];
	});
	stdout.write(formatTable([['model', 'kernels', 'pooling', 'unit', 'source', 'licence'], ...rows], [1]));
	for (const model of models) if ('damaged' in model) stdout.write(`damaged: ${model.name}: ${model.damaged}\n`);
}
