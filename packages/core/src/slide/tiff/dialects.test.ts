import { describe, expect, test } from 'vitest';
import { FormatError } from '../../errors.ts';
import { openSlide } from '../open-slide.ts';
import { probeSource } from '../testing/sources.ts';
import { expectedRgb, makeTiff, type TestImage } from '../testing/tiff-fixtures.ts';
import { aperioProperties } from './aperio.ts';
import { parseOme } from './ome.ts';
import { xmlElements } from './xml-elements.ts';

const strips = { rowsPerStrip: 8 };
const resolution = (perUnit: number, unit?: number) => ({
	282: { type: 'rational', values: [perUnit] } as const,
	283: { type: 'rational', values: [perUnit] } as const,
	...(unit !== undefined && { 296: { type: 'short', values: [unit] } as const }),
});

async function open(images: readonly TestImage[], options = {}) {
	return openSlide(await makeTiff(images), options);
}

describe('Aperio SVS', () => {
	const header = 'Aperio Image Library v11.2.1\r\n100x80 [0,0 100x80] (32x32) JPEG/RGB Q=30';
	const svs: TestImage[] = [
		{ description: `${header}|AppMag = 20|MPP = 0.4990|Filename = CMU-1|User = a=b` },
		{ widthPx: 25, heightPx: 20, layout: strips, description: `${header} -> 25x20 -|AppMag = 20` },
		{ widthPx: 50, heightPx: 40, description: `${header} -> 50x40` },
		{ widthPx: 12, heightPx: 9, layout: strips, description: 'Aperio\r\nlabel 12x9', tags: subfile(1) },
		{ widthPx: 22, heightPx: 7, layout: strips, description: 'Aperio\r\nmacro 22x7', tags: subfile(9) },
	];

	test('levels are the tiled directories; thumbnail, label and macro lie beside them', async () => {
		const slide = await open(svs);
		expect(slide).toMatchObject({ format: 'aperio-svs', vendor: 'Aperio', objectivePower: 20, warnings: [] });
		expect(slide.levels.map(({ widthPx, downsample }) => [widthPx, downsample])).toEqual([
			[100, 1],
			[50, 2],
		]);
		expect(slide.mpp).toEqual({ x: 0.499, y: 0.499, source: 'tag' });
		expect(slide.associated.map(({ name, widthPx }) => [name, widthPx])).toEqual([
			['thumbnail', 25],
			['label', 12],
			['macro', 22],
		]);
		expect(slide.properties).toMatchObject({
			Software: 'Aperio Image Library v11.2.1',
			Filename: 'CMU-1',
			User: 'a=b',
		});
	});

	test('label and macro are known by their file type when their names are missing', async () => {
		const nameless = svs.map((image, i) => (i < 3 ? image : { ...image, description: 'Aperio' }));
		expect((await open(nameless)).associated.map(({ name }) => name)).toEqual(['thumbnail', 'label', 'macro']);
	});

	test('a decimal comma is a decimal point', async () => {
		const [first] = svs;
		const slide = await open([{ ...first, description: first!.description!.replaceAll('.4990', ',4990') }]);
		expect(slide.mpp?.x).toBe(0.499);
	});

	test.each([
		['MPP = 0', undefined, 'no pixel size'],
		['MPP = nonsense', undefined, 'no pixel size'],
		['MPP = 352.8', undefined, 'not believable'],
		['AppMag = 40', { x: 0.25, y: 0.25, source: 'estimated' }, '40x objective'],
		['MPP = 99|AppMag = 20', { x: 0.5, y: 0.5, source: 'estimated' }, 'not believable'],
		['AppMag = 0', undefined, 'unknown'],
	])('%s', async (fields, mpp, warning) => {
		const slide = await open([{ description: `${header}|${fields}` }]);
		expect(slide.mpp).toEqual(mpp);
		expect(slide.warnings.join()).toContain(warning);
	});

	test('the label is neither read nor decoded before it is asked for', async () => {
		const samples = Uint8Array.from({ length: 324 }, (_, i) => (i * i) % 251);
		const bytes = await makeTiff(svs.with(3, { ...svs[3], samples }));
		const label = expectedRgb({ ...svs[3], samples });
		// The label's pixels are found by their first row, where they lie in the file.
		const start = Buffer.from(bytes).indexOf(label.data.subarray(0, 36));
		const end = start + label.data.length;
		expect(start).toBeGreaterThan(0);
		const probe = probeSource(bytes);
		const slide = await openSlide(probe);
		for (const [index, level] of slide.levels.entries()) {
			await slide.readRegion(index, { x: 0, y: 0, widthPx: level.widthPx, heightPx: level.heightPx });
		}
		await slide.associated.find(({ name }) => name === 'macro')!.read();
		JSON.stringify(slide);
		const touches = () => probe.reads.filter(({ offset, length }) => offset < end && offset + length > start);
		expect(touches()).toEqual([]);
		expect(await slide.associated.find(({ name }) => name === 'label')!.read()).toEqual(label);
		expect(touches()).not.toEqual([]);
	});

	test('properties: fields with and without values, spaces, other line ends', () => {
		expect(aperioProperties('Aperio x\n1x1|A = 1|B|C=|D = e = f| = g')).toEqual({
			Software: 'Aperio x',
			Geometry: '1x1',
			A: '1',
			C: '',
			D: 'e = f',
		});
		expect(aperioProperties('Aperio|__proto__ = 1')).toMatchObject({ Software: 'Aperio' });
		expect(Object.keys(aperioProperties(`Aperio|${'k=v|'.repeat(5)}`))).toEqual(['Software', 'k']);
	});
});

describe('generic TIFF', () => {
	test('a pyramid of reduced images, in whatever order', async () => {
		const slide = await open([
			{},
			{ widthPx: 25, heightPx: 20, tags: subfile(1) },
			{ widthPx: 50, heightPx: 40, tags: subfile(1) },
		]);
		expect(slide).toMatchObject({ format: 'generic-tiff', vendor: 'unknown' });
		expect(slide.levels.map(({ downsample }) => downsample)).toEqual([1, 2, 4]);
		const small = await slide.readRegion(2, { x: 0, y: 0, widthPx: 25, heightPx: 20 });
		expect(small).toEqual(expectedRgb({ widthPx: 25, heightPx: 20 }));
	});

	test('levels may lie in SubIFDs', async () => {
		const slide = await open([
			{
				below: [
					{ widthPx: 50, heightPx: 40 },
					{ widthPx: 25, heightPx: 20 },
				],
			},
		]);
		expect(slide.levels.map(({ widthPx }) => widthPx)).toEqual([100, 50, 25]);
	});

	test('sizes that are rounded, or cut by an edge, are still levels; other shapes are not', async () => {
		const slide = await open([
			{ widthPx: 101, heightPx: 81 },
			{ widthPx: 50, heightPx: 41 },
			{ widthPx: 25, heightPx: 19 },
			{ widthPx: 60, heightPx: 60, description: 'Label of the slide' },
			{ widthPx: 30, heightPx: 60, description: 'overview' },
		]);
		expect(slide.levels.map(({ widthPx }) => widthPx)).toEqual([101, 50, 25]);
		expect(slide.associated.map(({ name, widthPx }) => [name, widthPx])).toEqual([
			['label', 60],
			['macro', 30],
		]);
	});

	test('the first readable image leads when a larger one cannot be read', async () => {
		const slide = await open([
			{ widthPx: 200, heightPx: 160, tags: { 339: { type: 'short', values: [3] } } },
			{ widthPx: 100, heightPx: 80 },
		]);
		expect(slide.levels[0]!.widthPx).toBe(100);
	});

	test('images of the same size are channels or planes: the first is read, and it is said', async () => {
		const slide = await open([{ channels: 1 }, { channels: 1 }, { channels: 1 }]);
		expect(slide.levels).toHaveLength(1);
		expect(slide.warnings.join()).toContain('2 more images');
	});

	test.each([
		['40000 per cm', resolution(40_000, 3), { x: 0.25, y: 0.25, source: 'tag' }],
		['101600 per inch', resolution(101_600, 2), { x: 0.25, y: 0.25, source: 'tag' }],
		['per inch without saying so', resolution(101_600), { x: 0.25, y: 0.25, source: 'tag' }],
		['72 dpi', resolution(72, 2), undefined],
		['no unit', resolution(40_000, 1), undefined],
		['zero', resolution(0, 3), undefined],
		['none', {}, undefined],
	])('resolution: %s', async (_, tags, mpp) => {
		const slide = await open([{ tags }]);
		if (mpp) expect(slide.mpp).toEqual({ ...mpp, x: expect.closeTo(0.25, 9), y: expect.closeTo(0.25, 9) });
		else expect(slide.mpp).toBeUndefined();
		expect(slide.warnings.some((warning) => warning.includes('pixel size'))).toBe(mpp === undefined);
	});

	test('text tags are properties; the maker is the vendor', async () => {
		const tags = { 271: { type: 'ascii', values: 'Acme' }, 305: { type: 'ascii', values: 'acme 1.0' } } as const;
		const slide = await open([{ tags, description: 'a liver' }]);
		expect(slide.vendor).toBe('Acme');
		expect(slide.properties).toEqual({ ImageDescription: 'a liver', Make: 'Acme', Software: 'acme 1.0' });
	});
});

describe('OME-TIFF', () => {
	const xml = (pixels: string, rest = '') =>
		`<?xml version="1.0"?><!-- > --><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">
		<Instrument ID="I"><Microscope Manufacturer="Acme"/><Objective ID="O" NominalMagnification="20.0"/></Instrument>
		<Image ID="Image:0" Name="biopsy &amp; co"><ObjectiveSettings ID="O"/><Pixels ${pixels}>
		<Channel SamplesPerPixel="3"/><TiffData IFD="0"/></Pixels></Image>${rest}</OME>`;
	const size = 'SizeX="100" SizeY="80" SizeC="3" SizeZ="1" SizeT="1"';

	test('levels in SubIFDs, pixel size, objective and vendor from the XML', async () => {
		const description = xml(`${size} PhysicalSizeX="0.25" PhysicalSizeY="0.26" PhysicalSizeXUnit="µm"`);
		const slide = await open([{ description, below: [{ widthPx: 50, heightPx: 40 }] }]);
		expect(slide).toMatchObject({ format: 'ome-tiff', vendor: 'Acme', objectivePower: 20, warnings: [] });
		expect(slide.levels.map(({ widthPx }) => widthPx)).toEqual([100, 50]);
		expect(slide.mpp).toEqual({ x: 0.25, y: 0.26, source: 'tag' });
		expect(slide.properties).toMatchObject({ Name: 'biopsy & co', SizeX: '100' });
	});

	test('older pyramids lie in the main chain', async () => {
		const slide = await open([{ description: xml(size) }, { widthPx: 50, heightPx: 40 }]);
		expect(slide.levels).toHaveLength(2);
		expect(slide.associated).toEqual([]);
	});

	test('further images are named, and lie where their TiffData say', async () => {
		const rest = `<Image ID="Image:1" Name="label image"><Pixels ${size}><TiffData IFD="2"/></Pixels></Image>
			<Image ID="Image:2" Name="macro image"><Pixels ${size}><TiffData IFD="1"/></Pixels></Image>`;
		const slide = await open([
			{ description: xml(size, rest), below: [{ widthPx: 50, heightPx: 40 }] },
			{ widthPx: 30, heightPx: 10 },
			{ widthPx: 12, heightPx: 14 },
		]);
		expect(slide.associated.map(({ name, widthPx }) => [name, widthPx])).toEqual([
			['label', 12],
			['macro', 30],
		]);
	});

	test('the slide is the first image, wherever its directory is', async () => {
		const slide = await open([
			{ widthPx: 30, heightPx: 10, description: xml(size).replace('IFD="0"', 'IFD="1"') },
			{ widthPx: 100, heightPx: 80 },
		]);
		expect(slide.levels[0]!.widthPx).toBe(100);
	});

	test('several planes: the first is read, and it is said', async () => {
		const description = xml('SizeX="100" SizeY="80" SizeC="3" SizeZ="5" SizeT="1"');
		expect((await open([{ description }])).warnings.join()).toContain('5 planes');
	});

	test.each([
		['0.5', undefined, 0.5],
		['500', 'nm', 0.5],
		['0.0005', 'mm', 0.5],
		['5e-5', 'cm', 0.5],
		['0.5', 'μm', 0.5],
		['5000', 'Å', 0.5],
		['1', 'pixel', undefined],
		['nonsense', 'µm', undefined],
		['', 'µm', undefined],
	])('PhysicalSizeX="%s" in %s', (value, unit, mpp) => {
		const units = unit ? `PhysicalSizeXUnit="${unit}" PhysicalSizeYUnit="${unit}"` : '';
		const [image] = parseOme(xml(`${size} PhysicalSizeX="${value}" PhysicalSizeY="${value}" ${units}`));
		if (mpp === undefined) expect(image!.tag?.x ?? 0).toBe(0);
		else expect(image!.tag).toEqual({ x: expect.closeTo(mpp, 9), y: expect.closeTo(mpp, 9), from: 'PhysicalSizeX' });
	});

	test('prefixed names, single quotes and a lone objective are understood', () => {
		const [image] = parseOme(
			`<ome:OME><ome:Objective ID='O' NominalMagnification='40'/><ome:Image Name='x'><ome:Pixels SizeC='1' PhysicalSizeX='1' PhysicalSizeY='2'/></ome:Image></ome:OME>`,
		);
		expect(image).toMatchObject({ name: 'x', objectivePower: 40, tag: { x: 1, y: 2 } });
	});

	test('broken XML opens as what could be read', async () => {
		const slide = await open([{ description: '<OME><Image Name="x"><Pixels SizeC="' }]);
		expect(slide.format).toBe('ome-tiff');
		expect(slide.mpp).toBeUndefined();
	});
});

describe('XML elements', () => {
	test('names, attributes, depth, in order', () => {
		const found = [...xmlElements('<a x="1"><b y=\'>\' z = "&lt;&#65;&#x42;&nope;"/><c/></a><d>')];
		expect(found).toEqual([
			{ name: 'a', attributes: { x: '1' }, path: [] },
			{ name: 'b', attributes: { y: '>', z: '<AB&nope;' }, path: ['a'] },
			{ name: 'c', attributes: {}, path: ['a'] },
			{ name: 'd', attributes: {}, path: [] },
		]);
	});

	test('comments, processing instructions and CDATA hold no elements', () => {
		const text = '<?xml <a>?><!-- <b/> --><c><![CDATA[ <d/> ]]></c><!DOCTYPE e>';
		expect([...xmlElements(text)].map(({ name }) => name)).toEqual(['c']);
	});

	test('depth is bounded', () => {
		const depths = [...xmlElements('<a>'.repeat(500))].map(({ path }) => path.length);
		expect(Math.max(...depths)).toBe(64);
	});
});

describe('dialects that are known but not read are refused by name', () => {
	const text = (values: string) => ({ type: 'ascii', values }) as const;
	test.each([
		['Hamamatsu', { tags: { 65420: { type: 'long', values: [1] } } }],
		['Leica SCN', { description: '<scn xmlns="http://www.leica-microsystems.com/scn/2010/10/01">' }],
		['Philips', { tags: { 305: text('Philips DP v1.0') } }],
		['Philips', { description: '<DataObject ObjectType="DPUfsImport">' }],
		['Trestle', { tags: { 305: text('MedScan 1') } }],
		[
			'Ventana',
			{ tags: { 700: { type: 'byte', values: new TextEncoder().encode('<?xpacket?><iScan ScanRes="0.25">') } } },
		],
	] as [string, TestImage][])('%s', async (vendor, image) => {
		const error = await open([image]).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(FormatError);
		expect(error).toMatchObject({ reason: 'unsupported', message: expect.stringContaining(vendor) });
	});

	test('an NDPI is known by its first directory alone: its chain is not followed', async () => {
		const bytes = await makeTiff([{ tags: { 65420: { type: 'long', values: [1] } } }, {}]);
		await expect(openSlide(bytes)).rejects.toThrow('Hamamatsu NDPI');
	});
});

test('a pixel size given by the user wins over all', async () => {
	const [mpp, x] = [{ x: 0.3, y: 0.31 }, { tags: resolution(40_000, 3) }];
	expect((await open([x], { mpp: 0.3 })).mpp).toEqual({ x: 0.3, y: 0.3, source: 'user' });
	expect((await open([x], { mpp })).mpp).toEqual({ ...mpp, source: 'user' });
});

function subfile(value: number) {
	return { 254: { type: 'long', values: [value] } } as const;
}
