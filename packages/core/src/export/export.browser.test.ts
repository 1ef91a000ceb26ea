/** Everything a browser needs to write the files by itself. */
import { expect, test } from 'vitest';
import { cellsTsv, drawMapPicture, mapPng, mapTiff, regionsGeoJsonText, reportHtml } from '../index.ts';
import { encodePng } from './png/png.ts';
import { exampleResult } from './testing/example.ts';

const { assessment, map, thumbnail } = exampleResult();

test('map.png is a picture that the browser itself shows, pixel for pixel', async () => {
	const png = await mapPng(assessment, map, thumbnail);
	const bitmap = await createImageBitmap(new Blob([png.slice()], { type: 'image/png' }), {
		colorSpaceConversion: 'none',
	});
	const wanted = drawMapPicture(assessment, map, thumbnail);
	expect([bitmap.width, bitmap.height]).toEqual([wanted.widthPx, wanted.heightPx]);
	const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
	const context = canvas.getContext('2d')!;
	context.drawImage(bitmap, 0, 0);
	const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
	let different = 0;
	for (let i = 0; i < wanted.data.length / 3; i++) {
		for (let c = 0; c < 3; c++) if (data[i * 4 + c] !== wanted.data[i * 3 + c]) different++;
	}
	expect(different).toBe(0);
});

test('tables, regions and the float TIFF need no file system', async () => {
	const text = [...cellsTsv(assessment, map)].map((piece) => new TextDecoder().decode(piece)).join('');
	expect(text.split('\n').length).toBeGreaterThan(500);
	expect(JSON.parse(regionsGeoJsonText(assessment, map))).toMatchObject({ type: 'FeatureCollection' });
	const tiff = await mapTiff(assessment, map);
	expect(String.fromCharCode(tiff[0]!, tiff[1]!)).toBe('II');
	expect(tiff.length).toBeGreaterThan(map.values.length * 4);
});

test('the report is made and runs in a frame without a server', async () => {
	const page = await reportHtml({ assessment, map, thumbnailJpeg: await encodePng(thumbnail), regions: [] });
	const frame = document.createElement('iframe');
	frame.srcdoc = page;
	const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
	document.body.append(frame);
	await loaded;
	const inside = frame.contentDocument!;
	expect(inside.title).toBe('Rescan: example-slide.svs');
	expect(inside.getElementById('controls')!.hidden).toBe(false);
	expect(inside.getElementById('share')!.textContent).toMatch(/^\d+ %$/);
	frame.remove();
});
