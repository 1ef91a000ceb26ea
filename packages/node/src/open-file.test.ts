import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTiffWriter, isParfocalError, memorySink, ReadError, readThumbnail } from '@parfocal/core';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { openSlideFile } from './open-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'parfocal-open-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const samples = Uint8Array.from({ length: 3 * 96 * 64 }, (_, i) => (i * i) % 247);
const whole = { x: 0, y: 0, widthPx: 96, heightPx: 64 };

async function tiff(): Promise<Uint8Array> {
	const sink = memorySink();
	const writer = createTiffWriter(sink);
	const options = { widthPx: 96, heightPx: 64, compression: 1, photometric: 2, bitsPerSample: [8, 8, 8] };
	const directory = writer.directory({ ...options, layout: { tileWidthPx: 96, tileHeightPx: 16 } });
	for (let i = 0; i < 4; i++) directory.addTile(i, samples.subarray(4608 * i, 4608 * (i + 1)));
	await writer.close();
	return sink.bytes();
}

const image = () => sharp(samples, { raw: { width: 96, height: 64, channels: 3 } });

async function file(name: string, bytes: Uint8Array): Promise<string> {
	const path = join(folder, name);
	writeFileSync(path, bytes);
	return path;
}

describe.each([false, true])('blocking: %s', (blocking) => {
	test('a TIFF', async () => {
		const slide = await openSlideFile(await file('a.tif', await tiff()), { blocking });
		expect((await slide.readRegion(0, whole)).data).toEqual(samples);
		expect(slide.readTile(0, 0, 1) instanceof Promise).toBe(!blocking);
		await slide.close();
	});

	test('a PNG and a progressive JPEG, through sharp', async () => {
		const png = await openSlideFile(await file('a.png', await image().png().toBuffer()), { blocking });
		expect((await png.readRegion(0, whole)).data).toEqual(samples);
		await png.close();
		const jpeg = await image().jpeg({ progressive: true }).toBuffer();
		const slide = await openSlideFile(await file('a.jpg', jpeg), { blocking });
		const { data } = await slide.readRegion(0, whole);
		expect(Buffer.compare(data, await sharp(jpeg).raw().toBuffer())).toBe(0);
		await slide.close();
	});

	test('a broken PNG fails when it is read, as one of ours', async () => {
		const png = await image().png().toBuffer();
		const slide = await openSlideFile(await file('cut.png', png.subarray(0, png.length >> 1)), { blocking });
		const read = async () => slide.readTile(0, 0, 0);
		await expect(read()).rejects.toMatchObject({ tag: 'format' });
		await slide.close();
	});

	test('a slide that is cut while it is read: tiles fail as vanished, not as corrupt', async () => {
		const path = await file('cut.tif', await tiff());
		const slide = await openSlideFile(path, { blocking });
		truncateSync(path, 5000);
		await expect((async () => slide.readTile(0, 0, 2))()).rejects.toMatchObject({ tag: 'read', reason: 'vanished' });
		await expect(readThumbnail(slide, 10)).rejects.toThrow(ReadError);
		await slide.close();
	});
});

test('the name is the path; the pixel size can be given', async () => {
	const path = await file('b.tif', await tiff());
	const slide = await openSlideFile(path, { mpp: 0.25 });
	expect(slide).toMatchObject({ name: path, mpp: { x: 0.25, y: 0.25, source: 'user' } });
	await slide.close();
});

test.each([
	['missing.svs', undefined, 'not-found'],
	['empty.svs', '', 'truncated'],
	['letter.svs', 'Dear colleague', 'unrecognised'],
	['preview.mrxs', 'anything', 'unsupported'],
])('%s', async (name, content, reason) => {
	const path = join(folder, name);
	if (content !== undefined) writeFileSync(path, content);
	const error = await openSlideFile(path).catch((cause: unknown) => cause);
	expect(isParfocalError(error)).toBe(true);
	expect(error).toMatchObject({ reason, message: expect.stringContaining(path) });
});

test('a failure to open leaves no file open', async () => {
	const path = await file('letter.svs', new TextEncoder().encode('Dear colleague'));
	const count = () => readdirSync('/proc/self/fd').length;
	const before = count();
	for (let i = 0; i < 20; i++) await openSlideFile(path).catch(() => {});
	expect(count()).toBeLessThan(before + 10);
});

test('an address is opened by ranges', async () => {
	const bytes = await tiff();
	const server = createServer((request, response) => {
		const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
		response.writeHead(206, { 'content-range': `bytes ${start}-${end}/${bytes.length}` });
		response.end(bytes.subarray(Number(start), Number(end) + 1));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	try {
		const slide = await openSlideFile(`http://127.0.0.1:${(server.address() as AddressInfo).port}/a.tif`);
		expect((await slide.readRegion(0, whole)).data).toEqual(samples);
		await slide.close();
	} finally {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
});
