/**
 * What `parfocal doctor` looks at.
 * @module
 */
import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { Context } from '../context.ts';
import { softwareVersion } from '../version.ts';
import { checkNode } from './check-node.ts';

/** One finding. `absent`: optional and not there; `missing`: needed. */
export interface Check {
	readonly name: string;
	readonly state: 'ok' | 'absent' | 'missing';
	readonly found: string;
	/** What its absence costs, and what to do. */
	readonly cost?: string;
}

const GIB = 1024 ** 3;
// Node's type declarations leave the WebAssembly global to the browser's.
declare const WebAssembly: { validate(bytes: Uint8Array): boolean };

/** Makes all checks; none of them throws, none writes. */
export async function runChecks(context: Pick<Context, 'cwd' | 'process'>): Promise<Check[]> {
	return [
		{ name: 'Parfocal', state: 'ok', found: softwareVersion() },
		checkNode(process.versions.node),
		{ name: 'Processor', state: 'ok', found: `${availableParallelism()} workers, ${cpus()[0]?.model ?? 'unknown'}` },
		checkSimd(),
		await checkPackage(
			'sharp',
			'PNG, JPEG and WebP pictures and unusual JPEG tiles cannot be read. Reinstall: npm install',
		),
		await checkPackage('@cornerstonejs/codec-openjpeg', 'JPEG 2000 slides cannot be read. Reinstall: npm install'),
		await checkProgram(
			'OpenSlide tools',
			'openslide-show-properties',
			['--version'],
			'nothing in daily work; the benchmark cannot compare with OpenSlide (Debian: apt install openslide-tools)',
		),
		await checkProgram(
			'Chromium',
			context.process.env['CHROMIUM'] ?? 'chromium',
			['--version'],
			'nothing in daily work; the browser tests cannot run (Debian: apt install chromium)',
		),
		await checkModels(),
		checkMemory(freemem(), totalmem()),
		await checkDisk(context.cwd),
	];
}

/** WebAssembly SIMD, asked of the engine with the smallest module that uses it. */
export function checkSimd(): Check {
	const module = Uint8Array.of(
		0,
		97,
		115,
		109,
		1,
		0,
		0,
		0,
		1,
		5,
		1,
		96,
		0,
		1,
		123,
		3,
		2,
		1,
		0,
		10,
		10,
		1,
		8,
		0,
		65,
		0,
		253,
		15,
		253,
		98,
		11,
	);
	const name = 'WebAssembly SIMD';
	if (WebAssembly.validate(module)) return { name, state: 'ok', found: 'yes' };
	return {
		name,
		state: 'missing',
		found: 'no',
		cost: 'decoding and scoring need it: use a processor with SSE4.1 or NEON',
	};
}

/** An npm package that is loaded when needed. */
export async function checkPackage(name: string, cost: string): Promise<Check> {
	try {
		const { createRequire } = await import('node:module');
		const require = createRequire(import.meta.resolve('@parfocal/node'));
		require(name);
		return { name, state: 'ok', found: 'loads' };
	} catch (error) {
		return { name, state: 'absent', found: error instanceof Error ? error.message.split('\n')[0]! : 'no', cost };
	}
}

/** A program on the path. */
export async function checkProgram(name: string, file: string, args: readonly string[], cost: string): Promise<Check> {
	try {
		const { stdout, stderr } = await promisify(execFile)(file, args, { timeout: 10_000 });
		const [line = ''] = `${stdout}\n${stderr}`.trim().split('\n');
		return { name, state: 'ok', found: line || 'yes' };
	} catch {
		return { name, state: 'absent', found: 'not found', cost };
	}
}

/** Models that can score; a damaged one costs only itself. */
export async function checkModels(): Promise<Check> {
	const name = 'Models';
	try {
		const { listModels, modelsFolder } = await import('@parfocal/node');
		const models = await listModels();
		const usable = models.filter((model) => !('damaged' in model)).map((model) => model.name);
		const damaged = models.filter((model) => 'damaged' in model);
		const found = `${usable.join(', ') || 'none'} (imported ones in ${modelsFolder()})`;
		const cost = damaged.map((model) => `${model.name} cannot be used: ${model.damaged}`).join(' ');
		if (usable.length > 0) return cost === '' ? { name, state: 'ok', found } : { name, state: 'absent', found, cost };
		return {
			name,
			state: 'missing',
			found,
			cost: `nothing can be scored. Reinstall, or import weights with parfocal models import. ${cost}`.trim(),
		};
	} catch (error) {
		const found = error instanceof Error ? error.message : String(error);
		return { name, state: 'missing', found, cost: 'models cannot be listed; see to the permissions of that folder' };
	}
}

/** Memory against what a scan takes. */
export function checkMemory(freeBytes: number, totalBytes: number): Check {
	const found = `${(freeBytes / GIB).toFixed(1)} GiB free of ${(totalBytes / GIB).toFixed(1)}`;
	if (freeBytes >= GIB / 2) return { name: 'Memory', state: 'ok', found };
	return {
		name: 'Memory',
		state: 'absent',
		found,
		cost: 'a scan takes up to 400 MB: close something, or use --workers 1',
	};
}

/** Room for results in a folder. */
export async function checkDisk(folder: string): Promise<Check> {
	const name = 'Disk here';
	try {
		const { bavail, bsize } = await statfs(folder);
		const found = `${((bavail * bsize) / GIB).toFixed(1)} GiB free`;
		if (bavail * bsize >= GIB / 10) return { name, state: 'ok', found };
		return {
			name,
			state: 'absent',
			found,
			cost: 'results of a slide take about 10 MB: choose another folder with --out',
		};
	} catch (error) {
		return {
			name,
			state: 'absent',
			found: String(error),
			cost: 'the current folder cannot be read: change into another',
		};
	}
}
