/**
 * PyTorch's `.pt` and `.pth` files: dictionaries of tensors, in the zip format (torch >= 1.6) and the one before it.
 * Executes nothing of the file; see `pickle.ts`.
 * @module
 */
import { type PickleHooks, type PickleValue, readPickle } from './pickle.ts';
import { elementCount, type Tensor, type Tensors } from './tensor.ts';
import { fail, type TorchStorage, TorchTensor, torchHooks, toTensor } from './torch-storage.ts';
import { looksLikeZip, readZip } from './zip.ts';

const LEGACY_MAGIC = 0x1950a86a20f9469cfc6cn;
const LEGACY_PROTOCOL = 1001;
const NOTHING_ALLOWED: PickleHooks = { functions: new Map(), names: new Set() };

/** True when `bytes` start like a file PyTorch wrote: a zip archive, or the pickle of its magic number. */
export function looksLikeTorch(bytes: Uint8Array): boolean {
	return looksLikeZip(bytes) || (bytes[0] === 0x80 && bytes[1] === 2 && bytes[2] === 0x8a && bytes[3] === 10);
}

/**
 * The tensors of a state dictionary, or of the first dictionary of tensors in a checkpoint.
 * @throws {FormatError} when the file is damaged, holds objects other than plain tensors, or no tensors at all.
 */
export function readTorch(bytes: Uint8Array): Tensors {
	const storages = new Map<string, TorchStorage>();
	const root = looksLikeZip(bytes) ? readZipped(bytes, storages) : readLegacy(bytes, storages);
	const named = findTensors(root);
	// A tensor may share its storage with others; more elements than the file has bytes are no honest model.
	const elements = named.reduce((sum, [, { shape }]) => sum + elementCount(shape), 0);
	if (elements > bytes.length) fail('too-large', `its tensors claim ${elements} numbers in ${bytes.length} bytes`);
	return new Map(named.map(([name, tensor]): [string, Tensor] => [name, toTensor(tensor)]));
}

/** The zip format: `NAME/data.pkl`, and each storage as `NAME/data/KEY`. */
function readZipped(bytes: Uint8Array, storages: Map<string, TorchStorage>): PickleValue {
	const entries = readZip(bytes);
	const program = [...entries.keys()].find((name) => name === 'data.pkl' || name.endsWith('/data.pkl'));
	if (program === undefined) fail('unrecognised', 'it is a zip archive without data.pkl');
	const folder = program.slice(0, -'data.pkl'.length);
	const order = entries.get(`${folder}byteorder`);
	if (order !== undefined && new TextDecoder().decode(order) !== 'little') {
		fail('unsupported', 'its numbers are big-endian');
	}
	const { value } = readPickle(entries.get(program)!, 0, torchHooks(storages));
	for (const storage of storages.values()) {
		const data = entries.get(`${folder}data/${storage.key}`);
		if (data === undefined || data.length < storage.byteLength) {
			fail('truncated', `the data of storage '${storage.key}' are not all there`);
		}
		storage.bytes = data.subarray(0, storage.byteLength);
	}
	return value;
}

/** The old format: five pickles, then the storages in the order of the last pickle's list of keys. */
function readLegacy(bytes: Uint8Array, storages: Map<string, TorchStorage>): PickleValue {
	if (!looksLikeTorch(bytes)) fail('unrecognised', 'it is neither a zip archive nor an older PyTorch file');
	const magic = readPickle(bytes, 0, NOTHING_ALLOWED);
	const protocol = readPickle(bytes, magic.end, NOTHING_ALLOWED);
	if (magic.value !== LEGACY_MAGIC || protocol.value !== LEGACY_PROTOCOL) {
		fail('unrecognised', 'it does not start as PyTorch files do');
	}
	const system = readPickle(bytes, protocol.end, NOTHING_ALLOWED);
	if (system.value instanceof Map && system.value.get('little_endian') === false) {
		fail('unsupported', 'its numbers are big-endian');
	}
	const root = readPickle(bytes, system.end, torchHooks(storages));
	const keys = readPickle(bytes, root.end, NOTHING_ALLOWED);
	if (!Array.isArray(keys.value)) fail('corrupt', 'its list of storages is missing');
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let at = keys.end;
	for (const key of keys.value) {
		const storage = typeof key === 'string' ? storages.get(key) : undefined;
		if (storage === undefined) fail('corrupt', 'it lists a storage that no tensor uses');
		if (at + 8 > bytes.length) fail('truncated', `storage '${storage.key}' is missing`);
		const elements = Number(view.getBigInt64(at, true));
		if (elements !== storage.elements) fail('corrupt', `storage '${storage.key}' has ${elements} numbers`);
		at += 8;
		if (at + storage.byteLength > bytes.length) fail('truncated', `storage '${storage.key}' is cut off`);
		storage.bytes = bytes.subarray(at, at + storage.byteLength);
		at += storage.byteLength;
	}
	return root.value;
}

/** Named tensors of a dictionary, or of the first dictionary in it that has any. */
function findTensors(root: PickleValue): [string, TorchTensor][] {
	// A set: the same dictionary may be mentioned any number of times.
	const candidates = new Set(root instanceof Map ? [root, ...root.values()] : []);
	for (const candidate of candidates) {
		if (!(candidate instanceof Map)) continue;
		const named = [...candidate].filter(
			(entry): entry is [string, TorchTensor] => typeof entry[0] === 'string' && entry[1] instanceof TorchTensor,
		);
		if (named.length > 0) return named;
	}
	return fail('unrecognised', 'it holds no dictionary of tensors');
}
