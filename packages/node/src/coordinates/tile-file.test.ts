import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError, isParfocalError, ReadError } from '@parfocal/core';
import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTileFile, tileColumns } from './tile-file.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'parfocal-tiles-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function put(name: string, content: string | Uint8Array): Promise<string> {
	const path = join(folder, name);
	await writeFile(path, content);
	return path;
}

describe('CSV', () => {
	test('rows stay as they are written, whatever else is in them', async () => {
		const path = await put(
			'a.csv',
			'\uFEFFslide,X,y,note,width\r\ns,0,10,"a, ""b""\nc",256\r\ns,256,10,,256\r\n\r\ns,512,20,z,128\r\n',
		);
		const { tiles, write } = await openTileFile(path);
		expect(tiles).toEqual([
			{ x: 0, y: 10, widthPx: 256, heightPx: 256 },
			{ x: 256, y: 10, widthPx: 256, heightPx: 256 },
			{ x: 512, y: 20, widthPx: 128, heightPx: 128 },
		]);
		await write(join(folder, 'b.csv'), [0, 2]);
		expect(await readFile(join(folder, 'b.csv'), 'utf8')).toBe(
			'slide,X,y,note,width\r\ns,0,10,"a, ""b""\nc",256\r\ns,512,20,z,128\r\n',
		);
	});

	test('tabs; a size from outside; no tile at all', async () => {
		const path = await put('a.tsv', 'coord_x\tcoord_y\n1\t2\n');
		expect((await openTileFile(path, { tilePx: 64 })).tiles).toEqual([{ x: 1, y: 2, widthPx: 64, heightPx: 64 }]);
		const empty = await openTileFile(await put('e.csv', 'x,y\n'), { tilePx: 64 });
		expect(empty.tiles).toEqual([]);
		await empty.write(join(folder, 'f.csv'), []);
		expect(await readFile(join(folder, 'f.csv'), 'utf8')).toBe('x,y\n');
	});

	test.each([
		['a,b\n1,2\n', /no header with columns x and y/],
		['', /no header/],
		['x,y\n1,2\n', /how large its tiles are.*--patch-size/],
		['x,y,size\n1,two,3\n', /row 2: 1, NaN, 3, 3 is no place/],
		['x,y,size\n1,2,-3\n', /row 2/],
		['x,y,size\n1,,3\n', /row 2/],
	])('%j is refused in words', async (text, words) => {
		await expect(openTileFile(await put('bad.csv', text))).rejects.toThrow(words);
	});
});

describe('GeoJSON', () => {
	const square = (x: number, y: number, side: number) => ({
		type: 'Feature',
		geometry: {
			type: 'Polygon',
			coordinates: [
				[
					[x, y],
					[x + side, y],
					[x + side, y + side],
					[x, y + side],
					[x, y],
				],
			],
		},
		properties: { id: `${x}` },
	});

	test('a tile is what bounds a feature; the collection around stays', async () => {
		const collection = { type: 'FeatureCollection', name: 'tiles', features: [square(0, 5, 10), square(20, 5, 10)] };
		const { tiles, write } = await openTileFile(await put('a.geojson', JSON.stringify(collection)));
		expect(tiles[1]).toEqual({ x: 20, y: 5, widthPx: 10, heightPx: 10 });
		await write(join(folder, 'b.geojson'), [1]);
		expect(JSON.parse(await readFile(join(folder, 'b.geojson'), 'utf8'))).toEqual({
			...collection,
			features: [square(20, 5, 10)],
		});
	});

	test('a list of features, as QuPath writes', async () => {
		const { tiles, write } = await openTileFile(await put('q.json', JSON.stringify([square(1, 2, 3)])));
		expect(tiles).toHaveLength(1);
		await write(join(folder, 'q2.json'), []);
		expect(JSON.parse(await readFile(join(folder, 'q2.json'), 'utf8'))).toEqual([]);
	});

	test.each(['{', '{}', 'null', '3', '[null]', '[{"geometry":{"coordinates":[1,2]}}]', '{"features":[{}]}'])(
		'%s is refused',
		async (text) => {
			await expect(openTileFile(await put('bad.geojson', text))).rejects.toThrow(FormatError);
		},
	);
});

describe('Parquet', () => {
	test('kept rows keep all columns, in the types they had', async () => {
		const bytes = parquetWriteBuffer({
			columnData: [
				{ name: 'x', data: [0, 256, 512], type: 'INT32' },
				{ name: 'y', data: [1n, 2n, 3n], type: 'INT64' },
				{ name: 'tile_size', data: [256, 256, 256], type: 'INT32' },
				{ name: 'name', data: ['a', 'b', 'c'], type: 'STRING' },
				{ name: 'p', data: [0.5, 0.25, 0.125], type: 'FLOAT' },
			],
		});
		const { tiles, write } = await openTileFile(await put('a.parquet', new Uint8Array(bytes)));
		expect(tiles[2]).toEqual({ x: 512, y: 3, widthPx: 256, heightPx: 256 });
		await write(join(folder, 'b.parquet'), [0, 2]);
		const made = await readFile(join(folder, 'b.parquet'));
		const file = made.buffer.slice(made.byteOffset, made.byteOffset + made.byteLength) as ArrayBuffer;
		expect(await parquetReadObjects({ file })).toEqual([
			{ x: 0, y: 1n, tile_size: 256, name: 'a', p: 0.5 },
			{ x: 512, y: 3n, tile_size: 256, name: 'c', p: 0.125 },
		]);
		const types = parquetMetadata(file)
			.schema.slice(1)
			.map(({ type }) => type);
		expect(types).toEqual(['INT32', 'INT64', 'INT32', 'BYTE_ARRAY', 'FLOAT']);
	});

	test('what is no Parquet is named', async () => {
		await expect(openTileFile(await put('bad.parquet', 'PAR1nothingPAR1'))).rejects.toThrow(
			/bad\.parquet is no Parquet table/,
		);
	});
});

describe('HDF5', () => {
	async function h5(name: string, attributes: Readonly<Record<string, number | number[]>>): Promise<string> {
		const path = join(folder, name);
		const { File, ready } = (await import('h5wasm/node')).default;
		await ready;
		const file = new File(path, 'w');
		const coords = file.create_dataset({
			name: 'coords',
			data: BigInt64Array.of(0n, 0n, 512n, 0n, 0n, 512n),
			shape: [3, 2],
		});
		for (const [key, value] of Object.entries(attributes)) coords.create_attribute(key, value);
		file.create_dataset({ name: 'features', data: Float32Array.from({ length: 12 }, (_, i) => i / 4), shape: [3, 4] });
		file.create_dataset({ name: 'labels', data: ['a', 'b', 'c'] });
		const group = file.create_group('more');
		group.create_dataset({ name: 'five', data: Int32Array.of(1, 2, 3, 4, 5) });
		group.create_attribute('model', 'uni');
		file.close();
		return path;
	}

	test('sizes: as TRIDENT says, as CLAM says, by the levels of the slide, or from outside', async () => {
		const sizeOf = async (attributes: Readonly<Record<string, number | number[]>>, options = {}): Promise<number> =>
			(await openTileFile(await h5('s.h5', attributes), options)).tiles[0]!.widthPx;
		expect(await sizeOf({ patch_size: 256, patch_size_level0: 512 })).toBe(512);
		expect(await sizeOf({ patch_size: 256, patch_level: 1, downsample: [4, 4] })).toBe(1024);
		expect(await sizeOf({ patch_size: 256, patch_level: 1 }, { downsamples: [1, 4] })).toBe(1024);
		expect(await sizeOf({ patch_size: 256 })).toBe(256);
		expect(await sizeOf({}, { tilePx: 99 })).toBe(99);
		await expect(sizeOf({})).rejects.toThrow(/how large its tiles are/);
		await expect(sizeOf({ patch_size: 256, patch_level: 3 }, { downsamples: [1, 4] })).rejects.toThrow(/how large/);
	});

	test('rows of all that has a row a tile; the rest, types and attributes stay', async () => {
		const path = await h5('a.h5', { patch_size: 512 });
		const { tiles, write } = await openTileFile(path);
		expect(tiles.map(({ x, y }) => [x, y])).toEqual([
			[0, 0],
			[512, 0],
			[0, 512],
		]);
		const target = join(folder, 'kept.h5');
		await write(target, [0, 2]);
		const again = await openTileFile(target);
		expect(again.tiles.map(({ x, y }) => [x, y])).toEqual([
			[0, 0],
			[0, 512],
		]);
		const { File } = (await import('h5wasm/node')).default;
		const file = new File(target, 'r');
		const get = (name: string) => file.get(name) as import('h5wasm/node').Dataset;
		expect([get('features').shape, get('features').dtype]).toEqual([[2, 4], '<f']);
		expect(Array.from(get('features').value as Float32Array)).toEqual([0, 0.25, 0.5, 0.75, 2, 2.25, 2.5, 2.75]);
		expect(get('labels').value).toEqual(['a', 'c']);
		expect(Array.from(get('more/five').value as Int32Array)).toEqual([1, 2, 3, 4, 5]);
		expect((file.get('more') as import('h5wasm/node').Group).attrs['model']!.value).toBe('uni');
		expect(get('coords').dtype).toBe('<q');
		file.close();
		expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
	});

	test('none kept is a file with none', async () => {
		const { write } = await openTileFile(await h5('n.h5', { patch_size: 8 }));
		await write(join(folder, 'none.h5'), []);
		expect((await openTileFile(join(folder, 'none.h5'))).tiles).toEqual([]);
	});

	const hasH5py = ((): boolean => {
		try {
			execFileSync('/usr/bin/python3', ['-c', 'import h5py'], { stdio: 'ignore' });
			return true;
		} catch {
			console.warn('skipped: reading back with h5py, because python3-h5py is not installed');
			return false;
		}
	})();

	test.skipIf(!hasH5py)('h5py reads what is written, and what h5py writes is read', async () => {
		const [made, kept] = [join(folder, 'py.h5'), join(folder, 'py-kept.h5')];
		const script = `
import h5py, numpy as np
with h5py.File('${made}', 'w') as f:
    d = f.create_dataset('coords', data=np.array([[0, 0], [256, 0], [0, 256]], dtype='int64'), maxshape=(None, 2), chunks=(1, 2), compression='gzip')
    d.attrs['patch_size'] = 256; d.attrs['patch_level'] = 0; d.attrs['downsample'] = (1.0, 1.0); d.attrs['name'] = 'slide'
    f.create_dataset('features', data=np.arange(6, dtype='float32').reshape(3, 2))`;
		execFileSync('/usr/bin/python3', ['-c', script]);
		const { tiles, write } = await openTileFile(made);
		expect(tiles).toHaveLength(3);
		await write(kept, [1, 2]);
		const said = execFileSync('/usr/bin/python3', [
			'-c',
			`import h5py; f = h5py.File('${kept}'); print(f['coords'][:].tolist(), f['coords'].dtype, f['coords'].attrs['patch_size'], f['coords'].attrs['name'], f['features'][:].tolist())`,
		]);
		expect(String(said).trim()).toBe('[[256, 0], [0, 256]] int64 256 slide [[2.0, 3.0], [4.0, 5.0]]');
	});

	test.each([
		['nothing', 'not HDF5 at all'],
		['half', undefined],
	])('a damaged file is named: %s', async (name, text) => {
		const whole = await readFile(await h5('w.h5', { patch_size: 8 }));
		const path = await put(`${name}.h5`, text ?? whole.subarray(0, whole.length >> 1));
		await expect(openTileFile(path)).rejects.toThrow(new RegExp(`${name}\\.h5 is no HDF5 file`));
	});
});

test('other endings and missing files are named', async () => {
	await expect(openTileFile(join(folder, 'a.xlsx'))).rejects.toThrow(/a\.xlsx is no file of coordinates that is known/);
	for (const ending of ['csv', 'h5', 'parquet', 'geojson']) {
		await expect(openTileFile(join(folder, `missing.${ending}`))).rejects.toThrow(ReadError);
	}
});

test('any text gives tiles or an error of ours', async () => {
	const cells = fc.stringMatching(/^[xy\d,"\n\t.eE+-]{0,40}$/);
	await fc.assert(
		fc.asyncProperty(cells, fc.constantFrom('csv', 'geojson'), async (text, ending) => {
			const path = await put(`fuzz.${ending}`, ending === 'csv' ? `x,y,size\n${text}` : text);
			try {
				for (const { widthPx } of (await openTileFile(path)).tiles) expect(widthPx).toBeGreaterThan(0);
			} catch (error) {
				if (!isParfocalError(error)) throw error;
			}
		}),
		{ numRuns: 200 },
	);
});

test('columns by many names', () => {
	expect(tileColumns(['Tile_X', 'tile y', 'w', 'h'])).toEqual({ x: 0, y: 1, width: 2, height: 3 });
	expect(tileColumns(['y_px', 'x_px'])).toEqual({ x: 1, y: 0, width: -1, height: -1 });
	expect(tileColumns(['x'])).toBeUndefined();
});
