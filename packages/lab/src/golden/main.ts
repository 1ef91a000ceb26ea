/**
 * `npm run golden -- FILE.json [--engine cpu|webgpu|wasm] [--json]`: compares this project with a file of golden values and
 * prints the worst error of each item. Exit code 0 when all are within tolerance, 1 when not, 2 when the file cannot be
 * checked.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ArgumentError, isParfocalError, ReadError } from '@parfocal/core';
import { DEVICES } from '../engine/runtime/engine.ts';
import { openNodeEngine } from '../engine/runtime/node-engine.ts';
import { checkGolden } from './check-golden.ts';
import { goldenTable, passes } from './golden-table.ts';

try {
	const { values: flags, positionals } = parseArgs({
		allowPositionals: true,
		options: { engine: { type: 'string', default: 'cpu' }, json: { type: 'boolean', default: false } },
	});
	const [path, ...others] = positionals;
	if (path === undefined || others.length > 0) {
		throw new ArgumentError('file', 'Say which one file to check: npm run golden -- FILE.json');
	}
	const device = DEVICES.find((known) => known === flags.engine);
	if (!device) {
		throw new ArgumentError('engine', `There is no engine "${flags.engine}". Choose one of ${DEVICES.join(', ')}.`);
	}
	const items = await checkGolden(await textOf(path), () => openNodeEngine(device));
	process.stdout.write(
		flags.json ? `${JSON.stringify({ file: path, engine: device, items }, null, 2)}\n` : goldenTable(items),
	);
	process.exitCode = items.every(passes) ? 0 : 1;
} catch (error) {
	const expected = isParfocalError(error) || String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS');
	if (!expected) throw error;
	process.stderr.write(`${(error as Error).message}\n`);
	process.exitCode = 2;
}

async function textOf(path: string): Promise<string> {
	try {
		return await readFile(path, 'utf8');
	} catch (cause) {
		const missing = (cause as { code?: string }).code === 'ENOENT';
		throw new ReadError(path, missing ? 'not-found' : 'io', `Cannot read ${path}: ${(cause as Error).message}`, {
			cause,
		});
	}
}
