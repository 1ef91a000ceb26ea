/**
 * A web address as a source, read by HTTP range requests (RFC 9110 §14): a slide on a server is scored without copying it.
 * @module
 */
import { ReadError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { checkRange } from './read-range.ts';

/** How to ask. */
export interface HttpSourceOptions {
	/** What to fetch with, e.g. one that adds an `Authorization` header. Default: the platform's `fetch`. */
	readonly fetch?: typeof globalThis.fetch;
	/** Ends the source: pending and later reads reject with its reason. */
	readonly signal?: AbortSignal;
	/** Further tries after a transient failure (dropped connection, 408, 429, 5xx); default 3. */
	readonly retries?: number;
	/** Pause before the first further try, doubled each time; default 250 ms. */
	readonly retryPauseMs?: number;
	/** Longest wait for one answer; default 60 s. */
	readonly timeoutMs?: number;
}

const transientStatus: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Asks a server for a file's size and makes a source of it. Each read is one request: wrap it in `withBlockCache`
 * (as `openSlide` does for addresses).
 * @throws {ReadError} `not-found` (404, 410), `permission` (401, 403), `network` (unreachable, or a server that ignores
 * ranges), and from reads `vanished` when the file on the server changed meanwhile.
 */
export async function httpSource(url: string | URL, options: HttpSourceOptions = {}): Promise<ByteSource> {
	const address = new URL(url);
	const name = `${address.origin}${address.pathname}`;
	// One byte is enough to learn the size, and whether the server heeds ranges at all.
	const first = await request(address, name, 0, 1, options, options.signal);
	const size = first.total;
	const source: ByteSource = {
		name,
		size,
		async read(offset, length, readOptions) {
			checkRange(source, offset, length);
			const signals = [options.signal, readOptions?.signal].filter((signal) => signal !== undefined);
			const signal = signals.length > 0 ? AbortSignal.any(signals) : undefined;
			signal?.throwIfAborted();
			if (length === 0) return new Uint8Array(0);
			const answer = await request(address, name, offset, length, options, signal);
			if (answer.total !== size || (first.version !== undefined && answer.version !== first.version)) {
				throw new ReadError(name, 'vanished', `${name} changed on the server while it was being read. Start again.`);
			}
			return answer.bytes;
		},
	};
	return source;
}

interface Answer {
	readonly bytes: Uint8Array;
	/** Size of the whole file. */
	readonly total: number;
	/** The strong entity tag, when the server gives one. */
	readonly version: string | undefined;
}

/** One range, tried again after transient failures. */
async function request(
	address: URL,
	name: string,
	offset: number,
	length: number,
	options: HttpSourceOptions,
	signal: AbortSignal | undefined,
): Promise<Answer> {
	const { retries = 3, retryPauseMs = 250 } = options;
	for (let attempt = 0; ; attempt++) {
		try {
			return await requestOnce(address, name, offset, length, options, signal);
		} catch (error) {
			signal?.throwIfAborted();
			if (!(error instanceof Transient)) throw error;
			if (attempt >= retries) {
				throw new ReadError(name, 'network', `${name}: ${error.message} (${attempt + 1} tries).`, {
					cause: error.cause ?? error,
				});
			}
			await pause(retryPauseMs * 2 ** attempt, signal);
		}
	}
}

/** A failure worth another try; never leaves this file. */
class Transient extends Error {}

async function requestOnce(
	address: URL,
	name: string,
	offset: number,
	length: number,
	options: HttpSourceOptions,
	signal: AbortSignal | undefined,
): Promise<Answer> {
	const { fetch = globalThis.fetch, timeoutMs = 60_000 } = options;
	const timeout = AbortSignal.timeout(timeoutMs);
	let response: Response;
	let bytes: Uint8Array | undefined;
	try {
		response = await fetch(address, {
			headers: { range: `bytes=${offset}-${offset + length - 1}` },
			signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
		});
		if (response.status === 206) bytes = await bodyOf(response, length);
		else await response.body?.cancel();
	} catch (cause) {
		if (timeout.aborted) throw new Transient(`the server did not answer within ${timeoutMs / 1000} s`, { cause });
		throw new Transient('the connection failed', { cause });
	}
	if (bytes === undefined) throw statusError(name, response);
	const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(response.headers.get('content-range') ?? '');
	if (range === null || Number(range[1]) !== offset) {
		const said = response.headers.get('content-range') ?? 'none';
		throw new ReadError(
			name,
			'network',
			`${name}: the server answered a range request with a wrong Content-Range (${said}).`,
		);
	}
	const total = Number(range[3]);
	// A file shorter than the range is answered with fewer bytes; that is a changed file, not a bad line.
	if (bytes.length !== length && total >= offset + length) throw new Transient('the connection ended early');
	const etag = response.headers.get('etag');
	return { bytes, total, version: etag?.startsWith('"') ? etag : undefined };
}

/** The body, given up as soon as it is longer than asked for. */
async function bodyOf(response: Response, length: number): Promise<Uint8Array> {
	const bytes = new Uint8Array(length);
	let used = 0;
	const reader = response.body?.getReader();
	if (reader === undefined) return bytes.subarray(0, 0);
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return bytes.subarray(0, used);
		if (used + value.length > length) {
			await reader.cancel();
			throw new Error('The server sent more bytes than asked for.');
		}
		bytes.set(value, used);
		used += value.length;
	}
}

function statusError(name: string, response: Response): Error {
	const { status } = response;
	if (transientStatus.has(status)) return new Transient(`the server answered ${status} ${response.statusText}`.trim());
	const fail = (reason: 'not-found' | 'permission' | 'network', sentence: string): ReadError =>
		new ReadError(name, reason, `${name}: ${sentence}`);
	if (status === 404 || status === 410) return fail('not-found', `the server has no such file (${status}).`);
	if (status === 401 || status === 403) {
		return fail('permission', `the server refuses access (${status}). Pass a \`fetch\` that adds the credentials.`);
	}
	if (status === 416) return fail('network', 'the file on the server is empty (416).');
	if (status === 200) {
		return fail(
			'network',
			'the server ignores range requests (it answered 200). Download the file, or serve it with ranges.',
		);
	}
	return fail('network', `the server answered ${status} ${response.statusText}.`);
}

/** Waits, unless the signal ends it. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
	return new Promise((resolve, reject) => {
		const stop = (): void => {
			clearTimeout(timer);
			reject(signal?.reason);
		};
		const timer = setTimeout(() => {
			signal?.removeEventListener('abort', stop);
			resolve();
		}, ms);
		signal?.addEventListener('abort', stop, { once: true });
	});
}
