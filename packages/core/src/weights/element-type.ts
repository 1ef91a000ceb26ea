/**
 * The number formats of weight files, little-endian, read as float32.
 * @module
 */

/** Names as safetensors has them. */
export type ElementType = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U8' | 'BOOL';

/** Bytes of an element. */
export const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = {
	F64: 8,
	F32: 4,
	F16: 2,
	BF16: 2,
	I64: 8,
	I32: 4,
	I16: 2,
	I8: 1,
	U8: 1,
	BOOL: 1,
};

/** A function that gives element `index` of `bytes`. Numbers that float32 cannot hold are rounded by whoever stores them. */
export function elementReader(type: ElementType, bytes: Uint8Array): (index: number) => number {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	switch (type) {
		case 'F64':
			return (i) => view.getFloat64(8 * i, true);
		case 'F32':
			return (i) => view.getFloat32(4 * i, true);
		case 'F16':
			return (i) => halfToNumber(view.getUint16(2 * i, true));
		case 'BF16':
			return (i) => brainToNumber(view.getUint16(2 * i, true));
		case 'I64':
			return (i) => Number(view.getBigInt64(8 * i, true));
		case 'I32':
			return (i) => view.getInt32(4 * i, true);
		case 'I16':
			return (i) => view.getInt16(2 * i, true);
		case 'I8':
			return (i) => view.getInt8(i);
		case 'U8':
		case 'BOOL':
			return (i) => view.getUint8(i);
	}
}

/** IEEE 754 binary16. */
export function halfToNumber(bits: number): number {
	const sign = bits & 0x8000 ? -1 : 1;
	const exponent = (bits >> 10) & 0x1f;
	const fraction = bits & 0x3ff;
	if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
	if (exponent === 0) return sign * fraction * 2 ** -24;
	return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** bfloat16: the upper half of a float32. */
function brainToNumber(bits: number): number {
	scratch.setUint32(0, bits << 16);
	return scratch.getFloat32(0);
}

const scratch = new DataView(new ArrayBuffer(4));
