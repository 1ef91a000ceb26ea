/**
 * Values of TIFF tags as bytes.
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import { type TiffType, tiffTypes } from '../../slide/tiff/tags.ts';

/**
 * A tag's value. `ascii` takes text (the closing zero is added); `rational` takes plain numbers and stores the closest
 * fraction; every other type takes its numbers, bytes as a `Uint8Array`.
 */
export type TiffValue =
	| { readonly type: 'ascii'; readonly values: string }
	| { readonly type: Exclude<TiffType, 'ascii'>; readonly values: ArrayLike<number> };

/**
 * The bytes of a value.
 * @throws {ArgumentError} for a rational that is negative, not finite or above 4e9.
 */
export function encodeValue(value: TiffValue, littleEndian: boolean): Uint8Array {
	if (value.type === 'ascii') return new TextEncoder().encode(`${value.values}\0`);
	const { type, values } = value;
	const size = tiffTypes[type].bytes;
	const bytes = new Uint8Array(values.length * size);
	const view = new DataView(bytes.buffer);
	const write = writeNumber[type];
	for (let i = 0; i < values.length; i++) write(view, i * size, values[i] ?? 0, littleEndian);
	return bytes;
}

type WriteNumber = (view: DataView, at: number, value: number, littleEndian: boolean) => void;

const writeNumber: Readonly<Record<Exclude<TiffType, 'ascii'>, WriteNumber>> = {
	byte: (view, at, value) => view.setUint8(at, value),
	undefined: (view, at, value) => view.setUint8(at, value),
	sbyte: (view, at, value) => view.setInt8(at, value),
	short: (view, at, value, little) => view.setUint16(at, value, little),
	sshort: (view, at, value, little) => view.setInt16(at, value, little),
	long: (view, at, value, little) => view.setUint32(at, value, little),
	ifd: (view, at, value, little) => view.setUint32(at, value, little),
	slong: (view, at, value, little) => view.setInt32(at, value, little),
	long8: (view, at, value, little) => view.setBigUint64(at, BigInt(value), little),
	ifd8: (view, at, value, little) => view.setBigUint64(at, BigInt(value), little),
	slong8: (view, at, value, little) => view.setBigInt64(at, BigInt(value), little),
	float: (view, at, value, little) => view.setFloat32(at, value, little),
	double: (view, at, value, little) => view.setFloat64(at, value, little),
	rational: writeFraction,
	srational: writeFraction,
};

function writeFraction(view: DataView, at: number, value: number, littleEndian: boolean): void {
	const [numerator, denominator] = fraction(value);
	view.setUint32(at, numerator, littleEndian);
	view.setUint32(at + 4, denominator, littleEndian);
}

/** Numerator and denominator, the latter the largest power of ten (at most 1e9) that keeps the former below 2^31. */
function fraction(value: number): [number, number] {
	if (!(value >= 0 && value < 2 ** 31)) {
		throw new ArgumentError('values', `${value} cannot be stored as a TIFF rational (0 to 2^31).`);
	}
	let denominator = 1e9;
	while (denominator > 1 && value * denominator >= 2 ** 31) denominator /= 10;
	return [Math.round(value * denominator), denominator];
}
