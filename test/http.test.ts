/** Slides on a web server that answers range requests. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parfocal } from './helpers/program.ts';
import { scratchFolder } from './helpers/scratch.ts';

const folder = scratchFolder('http');
let server: Server;
let address = '';
let served = 0;

beforeAll(async () => {
	const made = await parfocal(folder, 'phantom', 'slide.tif', '--size', '2048x2048');
	expect(made.code, made.err).toBe(0);
	const bytes = readFileSync(join(folder, 'slide.tif'));
	server = createServer((request, response) => {
		const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
		if (!request.url?.startsWith('/slide.tif')) response.writeHead(404).end();
		else if (request.method === 'HEAD')
			response.writeHead(200, { 'accept-ranges': 'bytes', 'content-length': bytes.length }).end();
		else if (from === undefined) response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
		else {
			const part = bytes.subarray(Number(from), to ? Number(to) + 1 : undefined);
			served += part.length;
			const range = `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}`;
			response.writeHead(206, { 'content-range': range, 'content-length': part.length }).end(part);
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 60_000);
afterAll(() => server.close());

test('scan by address gives what scan by path gives, named without the query', async () => {
	const remote = await parfocal(folder, 'scan', `${address}/slide.tif?token=secret`, '--json', '--out', 'remote');
	const local = await parfocal(folder, 'scan', 'slide.tif', '--json', '--out', 'local');
	expect(remote.err).not.toContain('secret');
	expect(remote.code).toBe(local.code);
	const assessment = JSON.parse(remote.out);
	expect(assessment.slide.name).toBe('slide.tif');
	expect(assessment.worstRegions).toEqual(JSON.parse(local.out).worstRegions);
	expect(existsSync(join(folder, 'remote/slide.tif/report.html'))).toBe(true);
	expect(readFileSync(join(folder, 'remote/slide.tif/report.html'), 'utf8')).not.toContain('secret');
});

test('info reads the header and little else', async () => {
	served = 0;
	const { out, code } = await parfocal(folder, 'info', `${address}/slide.tif`, '--json');
	expect(code).toBe(0);
	expect(JSON.parse(out).levels).toHaveLength(4);
	expect(served).toBeLessThan(1_500_000);
});

test('an address without a slide is reported in words', async () => {
	const { err, code } = await parfocal(folder, 'scan', `${address}/gone.tif?token=secret`, '--out', 'gone');
	expect(err).not.toContain('secret');
	expect(err).toMatch(/^parfocal: .*gone\.tif.*404/);
	expect(code).toBe(4);
});
