/**
 * The engines that tests can start on this machine. What is missing is said once.
 * @module
 */
import { existsSync } from 'node:fs';
import type { Device, Engine } from '../runtime/engine.ts';
import { openNodeEngine } from '../runtime/node-engine.ts';

/** A software graphics driver that Debian's Chromium brings; a driver that is set already goes first. */
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';
if (process.env['VK_DRIVER_FILES'] === undefined && existsSync(SWIFTSHADER)) {
	process.env['VK_DRIVER_FILES'] = SWIFTSHADER;
}

/** An engine and how to get at it; it is opened once. */
export interface StartedEngine {
	readonly device: Device;
	readonly open: () => Promise<Engine>;
}

function once(device: Device): StartedEngine {
	let engine: Promise<Engine> | undefined;
	return {
		device,
		open: () => {
			engine ??= openNodeEngine(device);
			return engine;
		},
	};
}

const webgpu = process.env['VK_DRIVER_FILES'] !== undefined || process.platform !== 'linux';
if (!webgpu)
	console.warn('skipped: tests of networks on WebGPU, because no graphics driver was found (VK_DRIVER_FILES)');

/** Every engine that can be started here. */
export const startedEngines: readonly StartedEngine[] = [
	once('cpu'),
	once('wasm'),
	...(webgpu ? [once('webgpu')] : []),
];
