/**
 * `parfocal models export`.
 * @module
 */
import { resolve } from 'node:path';
import { ModelError } from '@parfocal/core';
import { writeWholeFile } from '@parfocal/node';
import type { Context } from '../context.ts';
import { findNetwork } from '../networks/network-store.ts';

/** Flags of `parfocal models export`. */
export interface ExportFlags {
	readonly onnx: string;
	readonly batch: number;
}

/** Writes a network as an ONNX file. */
export default async function modelsExport(this: Context, flags: ExportFlags, nameOrFile: string): Promise<void> {
	const network = await findNetwork(nameOrFile, this.cwd);
	if (!network) {
		throw new ModelError(
			nameOrFile,
			`${nameOrFile} is no network that could be exported: name an imported one (parfocal models list) or a model.safetensors that parfocal train wrote.`,
		);
	}
	const { useGraph } = await import('@parfocal/lab');
	const { description } = network.file;
	const metadata = {
		input: `${flags.batch} x 3 x ${description.inputPx} x ${description.inputPx}, red, green and blue from 0 to 255`,
		'parfocal.network': JSON.stringify(description),
		licence: description.licence,
		sha256: network.sha256,
	};
	const path = resolve(this.cwd, flags.onnx);
	await writeWholeFile(path, useGraph(network.file, flags.batch).encode(metadata));
	this.process.stdout.write(`${flags.onnx}: ${metadata.input}; ${description.outputs} answers a picture\n`);
}
