/**
 * Where a slide's bytes come from. Everything that reads a slide goes through this one interface, so that a file, a
 * buffer, a `Blob` and a web address are the same thing to the rest of the house.
 * @module
 */

/** A random-access run of bytes. */
export interface ByteSource {
	/** What to call it in messages: a path, a file name, an address (without credentials or query). */
	readonly name: string;
	/** Bytes in all. */
	readonly size: number;
	/**
	 * The `length` bytes at `offset`; always exactly that many.
	 * May answer at once (a worker reading a local file) or later. The array may be reused by the next call.
	 * @throws {FormatError} `truncated` when the range passes the end.
	 * @throws {ReadError} when the bytes cannot be had.
	 */
	read(offset: number, length: number, options?: { readonly signal?: AbortSignal }): Uint8Array | Promise<Uint8Array>;
	/** Releases the file or connection. */
	close?(): void | Promise<void>;
}
