import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { polygonsFromGeoJson } from './geojson.ts';

const square = [
	[0, 0],
	[10, 0],
	[10, 10],
	[0, 10],
	[0, 0],
];
const polygon = { type: 'Polygon', coordinates: [square] };

/** As QuPath 0.5 exports an annotation. */
const qupath = {
	type: 'FeatureCollection',
	features: [
		{
			type: 'Feature',
			id: 'f1c0a1d2-0000-4000-8000-000000000000',
			geometry: { type: 'Polygon', coordinates: [square, square.map(([x, y]) => [x! / 2 + 2, y! / 2 + 2])] },
			properties: { objectType: 'annotation', classification: { name: 'Tumor', color: [200, 0, 0] }, isLocked: false },
		},
	],
};

test('reads what QuPath exports, holes included', () => {
	const [found] = polygonsFromGeoJson(JSON.stringify(qupath));
	expect(found).toHaveLength(2);
	expect(Array.from(found![0]!)).toEqual(square.flat());
	expect(Array.from(found![1]!.subarray(0, 4))).toEqual([2, 2, 7, 2]);
});

test.each([
	['a bare polygon', polygon, 1],
	['a feature', { type: 'Feature', geometry: polygon, properties: null }, 1],
	['a multipolygon', { type: 'MultiPolygon', coordinates: [[square], [square], [square, square]] }, 3],
	[
		'a geometry collection',
		{ type: 'GeometryCollection', geometries: [polygon, { type: 'Point', coordinates: [1, 2] }, polygon] },
		2,
	],
	[
		'a list of features, as old QuPath wrote',
		[
			{ type: 'Feature', geometry: polygon },
			{ type: 'Feature', geometry: polygon },
		],
		2,
	],
	[
		'a feature without a place beside one with',
		{
			type: 'FeatureCollection',
			features: [
				{ type: 'Feature', geometry: null },
				{ type: 'Feature', geometry: polygon },
			],
		},
		1,
	],
	['points with a height', { type: 'Polygon', coordinates: [square.map((point) => [...point, 5])] }, 1],
])('reads %s', (_, geoJson, count) => {
	expect(polygonsFromGeoJson(geoJson)).toHaveLength(count);
	expect(polygonsFromGeoJson(`\ufeff${JSON.stringify(geoJson)}`)).toHaveLength(count);
});

test.each([
	['not JSON', '{"type": "Polygon"', /is not JSON/],
	['a number', '5', /something else/],
	[
		'nothing to draw',
		{
			type: 'LineString',
			coordinates: [
				[0, 0],
				[1, 1],
			],
		},
		/no polygon/,
	],
	['an empty collection', { type: 'FeatureCollection', features: [] }, /no polygon/],
	['an unknown type', { type: 'Circle', radius: 5 }, /unknown type "Circle"/],
	['no coordinates', { type: 'Polygon' }, /no list where coordinates/],
	['a ring that is a number', { type: 'Polygon', coordinates: [7] }, /no list where a ring/],
	['a point of one number', { type: 'Polygon', coordinates: [[[1], [2, 3]]] }, /two usable coordinates/],
	['a coordinate that is text', { type: 'Polygon', coordinates: [[['1', '2']]] }, /two usable coordinates/],
	['a coordinate beyond any slide', { type: 'Polygon', coordinates: [[[1e300, 0]]] }, /two usable coordinates/],
	['a coordinate that is not finite', { type: 'Polygon', coordinates: [[[Number.NaN, 0]]] }, /two usable coordinates/],
])('refuses %s', (_, geoJson, message) => {
	expect(() => polygonsFromGeoJson(geoJson)).toThrow(FormatError);
	expect(() => polygonsFromGeoJson(geoJson)).toThrow(message);
});

test('refuses what is nested without end or has too many points', () => {
	let nested: unknown = polygon;
	for (let i = 0; i < 50; i++) nested = { type: 'GeometryCollection', geometries: [nested] };
	expect(() => polygonsFromGeoJson(nested)).toThrow(/nested too deeply/);
	const many = new Array(2_000_001).fill(square[0]);
	expect(() => polygonsFromGeoJson({ type: 'Polygon', coordinates: [many] })).toThrow(/more than 2000000 points/);
	const rings = new Array(200_001).fill([]);
	expect(() => polygonsFromGeoJson({ type: 'Polygon', coordinates: rings })).toThrow(/more than 200000 rings/);
});

/** Runs a parser that may refuse, but only in the way it says. */
function refusesPolitely(input: unknown): void {
	try {
		const polygons = polygonsFromGeoJson(input);
		expect(polygons.length).toBeGreaterThan(0);
		for (const ring of polygons.flat()) expect(ring.every(Number.isFinite)).toBe(true);
	} catch (error) {
		expect(error).toBeInstanceOf(FormatError);
	}
}

test('any text and any JSON gives polygons or a FormatError', () => {
	fc.assert(fc.property(fc.string(), refusesPolitely));
	fc.assert(fc.property(fc.json(), refusesPolitely));
	fc.assert(fc.property(fc.anything(), refusesPolitely));
});

test('damaged files give polygons or a FormatError', () => {
	const text = JSON.stringify(qupath);
	fc.assert(
		fc.property(fc.nat(text.length), fc.nat(20), fc.string({ maxLength: 6 }), (at, cut, inserted) => {
			refusesPolitely(text.slice(0, at) + inserted + text.slice(at + cut));
			refusesPolitely(text.slice(0, at));
		}),
		{ numRuns: 300 },
	);
	fc.assert(
		fc.property(
			fc.constantFrom('type', 'features', 'geometry', 'coordinates'),
			fc.anything({ maxDepth: 3 }),
			(key, value) => {
				const damaged = structuredClone(qupath) as Record<string, unknown> & { features: Record<string, unknown>[] };
				damaged.features[0]![key] = value;
				(damaged.features[0]!['geometry'] as Record<string, unknown> | undefined) ??= {};
				refusesPolitely(damaged);
				refusesPolitely({ ...qupath.features[0]!.geometry, [key]: value });
			},
		),
	);
});
