import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../assessment.ts';
import { type FocusMap, VALIDITY } from '../../map/focus-map.ts';
import { exampleResult } from '../testing/example.ts';
import { strengthWords } from '../words.ts';
import {
	type Position,
	type RegionCollection,
	type RegionFeature,
	regionsGeoJson,
	regionsGeoJsonText,
	SMALL_REGION_PLACES,
} from './regions-geojson.ts';

const { assessment, map } = exampleResult();

function polygonsOf({ geometry }: RegionFeature): readonly (readonly (readonly Position[])[])[] {
	return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

function areaOf(feature: RegionFeature): number {
	let twice = 0;
	for (const ring of polygonsOf(feature).flat()) {
		for (let i = 1; i < ring.length; i++) twice += ring[i - 1]![0] * ring[i]![1] - ring[i]![0] * ring[i - 1]![1];
	}
	return twice / 2;
}

function ofClass({ features }: RegionCollection, name: string): RegionFeature[] {
	return features.filter(({ properties }) => properties.classification.name === name);
}

/** Pixels of the slide under the places that `chosen` picks. */
function pixelsUnder(given: Assessment, focusMap: FocusMap, chosen: (place: number) => boolean): number {
	let sum = 0;
	for (const place of focusMap.values.keys()) {
		if (!chosen(place)) continue;
		const x = focusMap.originXPx + (place % focusMap.columns) * focusMap.stepPx;
		const y = focusMap.originYPx + Math.floor(place / focusMap.columns) * focusMap.stepPx;
		const width = Math.min(x + focusMap.stepPx, given.slide.widthPx) - x;
		const height = Math.min(y + focusMap.stepPx, given.slide.heightPx) - y;
		sum += width * height;
	}
	return sum;
}

const BOUNDS = { slight: [1, 2], clear: [2, 4], strong: [4, Number.POSITIVE_INFINITY] } as const;

describe('regionsGeoJson', () => {
	test('is what QuPath reads: annotations with class, colour, lock and numbers', () => {
		const collection = regionsGeoJson(assessment, map);
		expect(collection.type).toBe('FeatureCollection');
		expect(collection.features.length).toBeGreaterThan(4);
		for (const { type, properties } of collection.features) {
			expect(type).toBe('Feature');
			expect(properties.objectType).toBe('annotation');
			expect(properties.isLocked).toBe(true);
			expect(properties.classification.name).not.toBe('');
			expect(properties.classification.color).toHaveLength(3);
			for (const channel of properties.classification.color) {
				expect(Number.isInteger(channel) && channel >= 0 && channel <= 255).toBe(true);
			}
			for (const [name, value] of Object.entries(properties.measurements)) {
				expect(name).not.toBe('');
				expect(Number.isFinite(value), name).toBe(true);
			}
		}
	});

	test('worst regions come first, as rectangles with their rank', () => {
		const features = ofClass(regionsGeoJson(assessment, map), 'Worst region');
		expect(features.map(({ properties }) => properties.measurements['Rank'])).toEqual([1, 2]);
		expect(features[0]!.properties.name).toBe('Worst region 1: 5.4 µm');
		const { x, y, widthPx, heightPx } = assessment.worstRegions[0]!.rect;
		expect(features[0]!.geometry.coordinates).toEqual([
			[
				[x, y],
				[x + widthPx, y],
				[x + widthPx, y + heightPx],
				[x, y + heightPx],
				[x, y],
			],
		]);
		expect(areaOf(features[0]!)).toBe(widthPx * heightPx);
	});

	test.each(['slight', 'clear', 'strong'] as const)('the area of %s is the area of its places', (strength) => {
		const features = ofClass(regionsGeoJson(assessment, map), strengthWords[strength]);
		const [low, high] = BOUNDS[strength];
		const wanted = pixelsUnder(assessment, map, (place) => map.values[place]! >= low && map.values[place]! < high);
		expect(wanted).toBeGreaterThan(0);
		expect(features.reduce((sum, feature) => sum + areaOf(feature), 0)).toBe(wanted);
	});

	test('what could not be judged has one annotation a cause', () => {
		const collection = regionsGeoJson(assessment, map);
		for (const [name, code] of [
			['little texture', VALIDITY.littleTexture],
			['unreadable', VALIDITY.unreadable],
			['pen mark', VALIDITY.penMark],
		] as const) {
			const features = ofClass(collection, `Not assessable: ${name}`);
			expect(features).toHaveLength(1);
			expect(areaOf(features[0]!)).toBe(pixelsUnder(assessment, map, (place) => map.validity[place] === code));
			expect(Object.keys(features[0]!.properties.measurements)).not.toContain('Mean defocus µm');
		}
	});

	test('coordinates are whole pixels inside the slide', () => {
		for (const feature of regionsGeoJson(assessment, map).features) {
			for (const [x, y] of polygonsOf(feature).flat(2) as Position[]) {
				expect(Number.isInteger(x) && Number.isInteger(y)).toBe(true);
				expect(x >= 0 && x <= assessment.slide.widthPx && y >= 0 && y <= assessment.slide.heightPx).toBe(true);
			}
		}
	});

	test('any map: classes do not overlap, areas add up, small regions share an annotation', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 10 }),
				fc.integer({ min: 1, max: 10 }),
				fc.infiniteStream(fc.constantFrom(0, 1.5, 3, 5, Number.NaN)),
				(columns, rows, stream) => {
					const values = Float32Array.from([...stream.take(columns * rows)]);
					const any: FocusMap = {
						...map,
						originXPx: 128,
						originYPx: 64,
						columns,
						rows,
						values,
						validity: Uint8Array.from(values, (value) =>
							Number.isNaN(value) ? VALIDITY.background : VALIDITY.assessable,
						),
						tissueFraction: new Float32Array(values.length).fill(1),
					};
					const collection = regionsGeoJson({ ...assessment, worstRegions: [] }, any);
					for (const strength of ['slight', 'clear', 'strong'] as const) {
						const features = ofClass(collection, strengthWords[strength]);
						const [low, high] = BOUNDS[strength];
						const places = values.reduce((sum, value) => sum + (value >= low && value < high ? 1 : 0), 0);
						expect(features.reduce((sum, feature) => sum + areaOf(feature), 0)).toBe(places * 64 * 64);
						expect(features.reduce((sum, { properties }) => sum + properties.measurements['Map places']!, 0)).toBe(
							places,
						);
						const gathered = features.filter(({ properties }) => properties.name === 'Small regions');
						expect(gathered.length).toBeLessThanOrEqual(1);
						for (const { properties } of features) {
							if (properties.name === 'Small regions') continue;
							expect(properties.measurements['Map places']).toBeGreaterThanOrEqual(SMALL_REGION_PLACES);
						}
					}
				},
			),
			{ numRuns: 100 },
		);
	});

	test('scores that point the other way give the same regions', () => {
		const turned: FocusMap = { ...map, values: map.values.map((value) => -value), higherMeans: 'sharper' };
		const thresholds = { slight: -1, clear: -2, strong: -4 };
		const other = { ...assessment, map: { ...assessment.map, thresholds, higherMeans: 'sharper' as const } };
		const areas = (collection: RegionCollection): number[] => collection.features.map(areaOf);
		expect(areas(regionsGeoJson(other, turned))).toEqual(areas(regionsGeoJson(assessment, map)));
	});
});

describe('what was found, in words', () => {
	test('something', () => {
		const { found } = regionsGeoJson(assessment, map).parfocal;
		expect(found).toMatch(/^\d+ annotations mark tissue that is out of focus\.$/);
	});

	test('nothing out of focus', () => {
		const sharp = exampleResult({ outcome: 'pass', worst: 0 });
		const collection = regionsGeoJson(sharp.assessment, sharp.map);
		expect(collection.parfocal.found).toBe('No tissue that could be judged is out of focus.');
		expect(ofClass(collection, strengthWords.slight)).toEqual([]);
	});

	test('nothing to judge', () => {
		const validity = map.validity.slice().fill(VALIDITY.background);
		const collection = regionsGeoJson({ ...assessment, worstRegions: [] }, { ...map, validity });
		expect(collection.parfocal.found).toBe('No tissue could be judged.');
		expect(collection.features).toEqual([]);
	});

	test('no thresholds', () => {
		const { thresholds, ...without } = assessment.map;
		expect(thresholds).toBeDefined();
		const collection = regionsGeoJson({ ...assessment, worstRegions: [], map: without }, map);
		expect(collection.parfocal.found).toContain('no thresholds');
		expect(collection.features.every(({ properties }) => properties.name === 'Not assessable')).toBe(true);
	});
});

describe('regionsGeoJsonText', () => {
	test('is the collection, one feature a line', () => {
		const text = regionsGeoJsonText(assessment, map);
		expect(JSON.parse(text)).toEqual(regionsGeoJson(assessment, map));
		expect(text.split('\n').length).toBe(regionsGeoJson(assessment, map).features.length + 3);
	});

	test('is valid without features too', () => {
		const validity = map.validity.slice().fill(VALIDITY.background);
		const empty = { ...assessment, worstRegions: [] };
		const text = regionsGeoJsonText(empty, { ...map, validity });
		expect((JSON.parse(text) as RegionCollection).features).toEqual([]);
	});
});
