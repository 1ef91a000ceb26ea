/**
 * Number types of values in a graph, as ONNX names them.
 * Source: ONNX IR 8, `TensorProto.DataType`.
 * @module
 */

/** A number type. Networks are `float32`; losses can also be built in `float64` to check them closely. */
export type ElementType = 'float32' | 'float64' | 'int32' | 'int64' | 'uint8' | 'bool';

/** The arrays that hold these types. */
export type ElementArray = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;

/** Code of each type in an ONNX file. */
export const ONNX_CODE: Readonly<Record<ElementType, number>> = {
	float32: 1,
	uint8: 2,
	int32: 6,
	int64: 7,
	bool: 9,
	float64: 11,
};

/** Numbers as an array of that type; integers are taken as they are. */
export function elementArray(type: ElementType, values: ArrayLike<number>): ElementArray {
	switch (type) {
		case 'float32':
			return Float32Array.from(values);
		case 'float64':
			return Float64Array.from(values);
		case 'int32':
			return Int32Array.from(values);
		case 'int64':
			return BigInt64Array.from(Array.from(values, BigInt));
		case 'uint8':
		case 'bool':
			return Uint8Array.from(values);
	}
}
