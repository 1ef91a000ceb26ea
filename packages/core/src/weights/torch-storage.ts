/**
 * What PyTorch's pickles mention: storages and tensors that view them.
 * @module
 */
import { FormatError, type FormatFailure } from '../errors.ts';
import { ELEMENT_BYTES, type ElementType, elementReader } from './element-type.ts';
import { PickleGlobal, type PickleHooks, PickleObject, type PickleValue } from './pickle.ts';
import { elementCount, type Tensor } from './tensor.ts';

const MAXIMUM_DIMENSIONS = 16;

const STORAGES: Readonly<Record<string, ElementType>> = {
	'torch.FloatStorage': 'F32',
	'torch.DoubleStorage': 'F64',
	'torch.HalfStorage': 'F16',
	'torch.BFloat16Storage': 'BF16',
	'torch.LongStorage': 'I64',
	'torch.IntStorage': 'I32',
	'torch.ShortStorage': 'I16',
	'torch.CharStorage': 'I8',
	'torch.ByteStorage': 'U8',
	'torch.BoolStorage': 'BOOL',
};

/** Raw numbers, known by a key; the bytes may be found later than the storage is mentioned. */
export class TorchStorage extends PickleObject {
	readonly type: ElementType;
	readonly key: string;
	readonly elements: number;
	bytes: Uint8Array | undefined;
	constructor(type: ElementType, key: string, elements: number) {
		super();
		this.type = type;
		this.key = key;
		this.elements = elements;
	}

	get byteLength(): number {
		return this.elements * ELEMENT_BYTES[this.type];
	}
}

/** A strided view of a storage. */
export class TorchTensor extends PickleObject {
	readonly storage: TorchStorage;
	readonly offset: number;
	readonly shape: readonly number[];
	readonly strides: readonly number[];
	constructor(storage: TorchStorage, offset: number, shape: readonly number[], strides: readonly number[]) {
		super();
		this.storage = storage;
		this.offset = offset;
		this.shape = shape;
		this.strides = strides;
	}
}

/** The names PyTorch's pickles may use. `storages` collects what they mention. */
export function torchHooks(storages: Map<string, TorchStorage>): PickleHooks {
	return {
		names: new Set(Object.keys(STORAGES)),
		functions: new Map([
			['collections.OrderedDict', orderedDictionary],
			['torch._utils._rebuild_tensor_v2', rebuildTensor],
			['torch._utils._rebuild_parameter', rebuildParameter],
		]),
		persistent: (id) => mentionStorage(id, storages),
	};
}

/** Items are set one by one afterwards. */
function orderedDictionary(args: readonly PickleValue[]): PickleValue {
	if (args.length > 0) fail('unsupported', 'it makes a dictionary from another');
	return new Map();
}

function rebuildTensor([storage, offset, shape, strides]: readonly PickleValue[]): PickleValue {
	if (!(storage instanceof TorchStorage) || !isSize(offset) || !isSizes(shape) || !isSizes(strides)) {
		fail('corrupt', 'a tensor is not described as it should be');
	}
	if (strides.length !== shape.length) fail('corrupt', 'a tensor has other strides than dimensions');
	const count = elementCount(shape);
	const last = shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis]!, offset);
	if (count > storage.elements || (count > 0 && last >= storage.elements)) {
		fail('corrupt', `a tensor of shape [${shape.join(', ')}] lies outside its storage of ${storage.elements}`);
	}
	return new TorchTensor(storage, offset, shape, strides);
}

function rebuildParameter([tensor]: readonly PickleValue[]): PickleValue {
	if (!(tensor instanceof TorchTensor)) fail('corrupt', 'a parameter is no tensor');
	return tensor;
}

/** `('storage', type, key, device, elements)`; older files add `None`, or a view, which no known file has. */
function mentionStorage(id: PickleValue, storages: Map<string, TorchStorage>): TorchStorage {
	const [tag, type, key, , elements, view] = Array.isArray(id) ? id : [];
	const known = type instanceof PickleGlobal ? STORAGES[type.name] : undefined;
	if (tag !== 'storage' || known === undefined || typeof key !== 'string' || !isSize(elements)) {
		fail('corrupt', 'a storage is not described as it should be');
	}
	if (view !== null && view !== undefined) fail('unsupported', 'a storage is a view of another');
	const seen = storages.get(key);
	if (seen === undefined) {
		const storage = new TorchStorage(known, key, elements);
		storages.set(key, storage);
		return storage;
	}
	if (seen.type !== known || seen.elements !== elements) fail('corrupt', `storage '${key}' is described in two ways`);
	return seen;
}

/** The tensor's numbers in row-major order. */
export function toTensor({ storage, offset, shape, strides }: TorchTensor): Tensor {
	if (storage.bytes === undefined) fail('corrupt', `storage '${storage.key}' has no data`);
	const read = elementReader(storage.type, storage.bytes);
	const data = new Float32Array(elementCount(shape));
	const place = shape.map(() => 0);
	let from = offset;
	for (let i = 0; i < data.length; i++) {
		data[i] = read(from);
		for (let axis = shape.length - 1; axis >= 0; axis--) {
			from += strides[axis]!;
			if (++place[axis]! < shape[axis]!) break;
			from -= shape[axis]! * strides[axis]!;
			place[axis] = 0;
		}
	}
	return { shape: [...shape], data };
}

function isSize(value: PickleValue | undefined): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isSizes(value: PickleValue | undefined): value is number[] {
	return Array.isArray(value) && value.length <= MAXIMUM_DIMENSIONS && value.every(isSize);
}

/** Throws the error of a file that is not as PyTorch writes it. */
export function fail(reason: FormatFailure, problem: string): never {
	throw new FormatError('PyTorch weights', reason, `The PyTorch file cannot be read: ${problem}.`);
}
