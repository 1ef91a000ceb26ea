/**
 * Writes protocol-buffer messages: all that an ONNX file is.
 * Source: Protocol Buffers documentation, "Encoding".
 * @module
 */

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** A message being written, field by field. */
export class ProtobufMessage {
	readonly #parts: Uint8Array[] = [];
	#length = 0;

	/** A whole number; negative ones take ten bytes, as the format demands. */
	integer(field: number, value: number): this {
		return this.#key(field, VARINT).#varint(value);
	}

	/** A 32-bit float. */
	float(field: number, value: number): this {
		const bytes = new Uint8Array(4);
		new DataView(bytes.buffer).setFloat32(0, value, true);
		return this.#key(field, FIXED_32).#raw(bytes);
	}

	/** Bytes as they are; they are not copied until `finish`. */
	bytes(field: number, value: Uint8Array): this {
		return this.#key(field, LENGTH_DELIMITED).#varint(value.length).#raw(value);
	}

	/** Text as UTF-8. */
	text(field: number, value: string): this {
		return this.bytes(field, new TextEncoder().encode(value));
	}

	/** A message within the message. */
	message(field: number, value: ProtobufMessage): this {
		this.#key(field, LENGTH_DELIMITED).#varint(value.#length);
		for (const part of value.#parts) this.#raw(part);
		return this;
	}

	/** The message's bytes. */
	finish(): Uint8Array<ArrayBuffer> {
		const whole = new Uint8Array(this.#length);
		let at = 0;
		for (const part of this.#parts) {
			whole.set(part, at);
			at += part.length;
		}
		return whole;
	}

	#key(field: number, wireType: number): this {
		return this.#varint(field * 8 + wireType);
	}

	#varint(value: number): this {
		const bytes: number[] = [];
		let rest = BigInt.asUintN(64, BigInt(value));
		do {
			const low = Number(rest & 0x7fn);
			rest >>= 7n;
			bytes.push(rest > 0n ? low | 0x80 : low);
		} while (rest > 0n);
		return this.#raw(Uint8Array.from(bytes));
	}

	#raw(bytes: Uint8Array): this {
		this.#parts.push(bytes);
		this.#length += bytes.length;
		return this;
	}
}
