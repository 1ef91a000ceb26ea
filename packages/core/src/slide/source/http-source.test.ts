/** Against a real server on this machine. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { FormatError, ReadError } from '../../errors.ts';
import { openSlide } from '../open-slide.ts';
import { expectedRgb, makeTiff } from '../testing/tiff-fixtures.ts';
import { httpSource } from './http-source.ts';

const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * 13) % 251);
const quick = { retryPauseMs: 1, timeoutMs: 5000 };
let server: Server | undefined;
const asked: (string | undefined)[] = [];

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

async function serve(handler: Handler): Promise<string> {
	asked.length = 0;
	server = createServer((request, response) => {
		asked.push(request.headers.range);
		handler(request, response, asked.length);
	});
	await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server!.address() as AddressInfo).port}/slides/a.tif`;
}

afterEach(async () => {
	server?.closeAllConnections();
	await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
	server = undefined;
});

/** A server that heeds ranges, as they should be. */
const ranges =
	(file: Uint8Array = bytes, headers: Record<string, string> = {}): Handler =>
	(request, response) => {
		const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
		const last = Math.min(Number(end), file.length - 1);
		if (Number(start) > last) return response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end();
		response.writeHead(206, { 'content-range': `bytes ${start}-${last}/${file.length}`, ...headers });
		return response.end(file.subarray(Number(start), last + 1));
	};

const status =
	(code: number): Handler =>
	(_, response) =>
		response.writeHead(code).end('no');

test('size and ranges of a file on a server', async () => {
	const url = await serve(ranges());
	const source = await httpSource(`${url}?token=secret`, quick);
	expect(source.size).toBe(5000);
	expect(source.name).toBe(url);
	expect(await source.read(100, 200)).toEqual(bytes.subarray(100, 300));
	expect(await source.read(4999, 1)).toEqual(bytes.subarray(4999));
	expect(await source.read(7, 0)).toEqual(new Uint8Array(0));
	expect(asked).toEqual(['bytes=0-0', 'bytes=100-299', 'bytes=4999-4999']);
	await expect(source.read(4999, 2)).rejects.toThrow(FormatError);
});

test('a slide on a server opens and reads, in few requests', async () => {
	const image = { widthPx: 300, heightPx: 200 };
	const file = await makeTiff([image, { widthPx: 150, heightPx: 100 }]);
	const url = await serve(ranges(file));
	const slide = await openSlide(new URL(url));
	expect(slide.name).toBe(url);
	expect(await slide.readRegion(0, { x: 0, y: 0, ...image })).toEqual(expectedRgb(image));
	expect(asked.length).toBeLessThanOrEqual(1 + Math.ceil(file.length / 262_144));
	await slide.close();
});

describe('what a server may answer instead', () => {
	const cases: [string, Handler, string, RegExp][] = [
		['404', status(404), 'not-found', /no such file/],
		['410', status(410), 'not-found', /no such file/],
		['403', status(403), 'permission', /refuses access/],
		['401', status(401), 'permission', /credentials/],
		['400', status(400), 'network', /answered 400/],
		['an empty file', ranges(new Uint8Array(0)), 'network', /empty/],
		['the whole file', (_, response) => response.writeHead(200).end(bytes), 'network', /ignores range requests/],
		['no Content-Range', (_, response) => response.writeHead(206).end('x'), 'network', /wrong Content-Range/],
		[
			'another range',
			(_, response) => response.writeHead(206, { 'content-range': 'bytes 5-5/10' }).end('x'),
			'network',
			/bytes 5-5\/10/,
		],
		[
			'a file without an end',
			(_, response) => response.writeHead(206, { 'content-range': 'bytes 0-0/*' }).end('x'),
			'network',
			/Content-Range/,
		],
		['a permanent 503', status(503), 'network', /503.*3 tries/],
		['a dropped connection', (request) => request.socket.destroy(), 'network', /connection failed \(3 tries\)/],
	];

	test.each(cases)('%s', async (_, handler, reason, message) => {
		const url = await serve(handler);
		const error = await httpSource(url, { ...quick, retries: 2 }).catch((cause: unknown) => cause);
		expect(error).toBeInstanceOf(ReadError);
		expect(error).toMatchObject({ reason, source: url, message: expect.stringMatching(message) });
	});

	test('only transient failures are tried again', async () => {
		await httpSource(await serve(status(404)), quick).catch(() => {});
		expect(asked).toHaveLength(1);
		await httpSource(await serve(status(429)), { ...quick, retries: 4 }).catch(() => {});
		expect(asked).toHaveLength(5);
	});
});

test('a failure that passes is not seen', async () => {
	const good = ranges();
	const url = await serve((request, response, count) => {
		if (count === 1) request.socket.destroy();
		else if (count === 2) response.writeHead(502).end();
		else good(request, response, count);
	});
	expect((await httpSource(url, quick)).size).toBe(5000);
	expect(asked).toHaveLength(3);
});

test('a connection that ends in the middle of a range is tried again', async () => {
	const good = ranges();
	const url = await serve((request, response, count) => {
		if (count !== 2) return good(request, response, count);
		response.writeHead(206, { 'content-range': 'bytes 100-199/5000', 'content-length': '100' });
		response.write(bytes.subarray(100, 120));
		return setTimeout(() => request.socket.destroy(), 5);
	});
	const source = await httpSource(url, quick);
	expect(await source.read(100, 100)).toEqual(bytes.subarray(100, 200));
});

test('more bytes than asked for are not swallowed', async () => {
	const good = ranges();
	const url = await serve((request, response, count) => {
		if (count === 1) return good(request, response, count);
		return response.writeHead(206, { 'content-range': 'bytes 0-9/5000' }).end(bytes);
	});
	const source = await httpSource(url, { ...quick, retries: 1 });
	await expect(source.read(0, 10)).rejects.toMatchObject({ reason: 'network' });
});

test('a server that does not answer is given up', async () => {
	const url = await serve(() => {});
	const waiting = httpSource(url, { retryPauseMs: 1, timeoutMs: 30, retries: 1 });
	await expect(waiting).rejects.toMatchObject({
		reason: 'network',
		message: expect.stringContaining('did not answer'),
	});
});

test('a port where nobody listens', async () => {
	const url = await serve(() => {});
	await new Promise((resolve) => server!.close(resolve));
	server = undefined;
	await expect(httpSource(url, { ...quick, retries: 1 })).rejects.toMatchObject({ reason: 'network' });
});

describe('a file that changes on the server', () => {
	test.each([
		['its size', ranges(bytes), ranges(bytes.subarray(0, 4000))],
		['its entity tag', ranges(bytes, { etag: '"a"' }), ranges(bytes, { etag: '"b"' })],
	])('is noticed by %s', async (_, before, after) => {
		const url = await serve((request, response, count) => (count === 1 ? before : after)(request, response, count));
		const source = await httpSource(url, quick);
		await expect(source.read(0, 10)).rejects.toMatchObject({ reason: 'vanished' });
	});

	test('a weak entity tag means nothing', async () => {
		let count = 0;
		const url = await serve((request, response) => ranges(bytes, { etag: `W/"${count++}"` })(request, response, 0));
		const source = await httpSource(url, quick);
		expect(await source.read(0, 10)).toHaveLength(10);
	});
});

describe('cancelling', () => {
	test('a read, by its own signal', async () => {
		const good = ranges();
		const url = await serve((request, response, count) => {
			if (count === 1) good(request, response, count);
		});
		const source = await httpSource(url, quick);
		const controller = new AbortController();
		const read = source.read(0, 10, { signal: controller.signal });
		controller.abort(new Error('enough'));
		await expect(read).rejects.toThrow('enough');
	});

	test('everything, by the signal of the source, and during a pause too', async () => {
		const controller = new AbortController();
		const url = await serve((_, response) => {
			response.writeHead(503).end();
			setTimeout(() => controller.abort(new Error('enough')), 5);
		});
		const opening = httpSource(url, { signal: controller.signal, retryPauseMs: 60_000 });
		await expect(opening).rejects.toThrow('enough');
	});
});

test('a fetch of the caller is used', async () => {
	const url = await serve(ranges());
	const headers: unknown[] = [];
	const source = await httpSource(url, {
		...quick,
		fetch: (input, init) => {
			headers.push(init?.headers);
			return fetch(input, init);
		},
	});
	await source.read(1, 2);
	expect(headers).toEqual([{ range: 'bytes=0-0' }, { range: 'bytes=1-2' }]);
});
