/**
 * `regions.geojson`: where the slide is out of focus, as annotations for QuPath (0.4 and later) and everything else that
 * reads GeoJSON. Coordinates are full-resolution pixels. QuPath's property names follow what QuPath itself exports.
 * @module
 */
import type { Assessment, WorstRegion } from '../../assessment.ts';
import type { RectPx } from '../../image/pixels.ts';
import { type FocusMap, VALIDITY } from '../../map/focus-map.ts';
import { strengthCodes } from '../../verdict/strength.ts';
import { formatNumber, strengthWords, unitWords } from '../words.ts';
import { connectedComponents } from './components.ts';
import { groupStatistics, meanOf, measurementsOf, rounded } from './region-statistics.ts';
import { type Outline, type Ring, traceOutlines } from './rings.ts';

/** A position `[x, y]` in level-0 pixels. */
export type Position = readonly [x: number, y: number];

/** One annotation. */
export interface RegionFeature {
	readonly type: 'Feature';
	readonly geometry:
		| { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
		| { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };
	readonly properties: {
		readonly objectType: 'annotation';
		readonly name: string;
		readonly classification: { readonly name: string; readonly color: readonly [number, number, number] };
		readonly isLocked: boolean;
		readonly measurements: Readonly<Record<string, number>>;
	};
}

/** The file. `parfocal` says in words what was found, also when that is nothing. */
export interface RegionCollection {
	readonly type: 'FeatureCollection';
	readonly parfocal: { readonly software: string; readonly slide: string; readonly found: string };
	readonly features: readonly RegionFeature[];
}

/** Regions of fewer places than this are gathered into one annotation a class, so that a viewer is not flooded. */
export const SMALL_REGION_PLACES = 4;

/** Labels on the grid: 1..3 as in `strengthCodes`, 4.. for what cannot be judged. */
const LABELS: readonly { readonly name: string; readonly colour: readonly [number, number, number] }[] = [
	{ name: '', colour: [0, 0, 0] },
	{ name: strengthWords.slight, colour: [253, 184, 99] },
	{ name: strengthWords.clear, colour: [230, 97, 1] },
	{ name: strengthWords.strong, colour: [179, 0, 60] },
	{ name: 'Not assessable: little texture', colour: [150, 150, 150] },
	{ name: 'Not assessable: unreadable', colour: [60, 60, 60] },
	{ name: 'Not assessable: pen mark', colour: [110, 110, 160] },
];
const labelOfValidity: Readonly<Record<number, number>> = {
	[VALIDITY.littleTexture]: 4,
	[VALIDITY.unreadable]: 5,
	[VALIDITY.penMark]: 6,
};
const NOT_ASSESSABLE = 'Not assessable';
const WORST_COLOUR = [94, 60, 153] as const;

/**
 * Annotations of an assessment: worst regions first, then one a connected region of equal strength, strongest class
 * first, then what could not be judged, one annotation a cause. Regions do not overlap; worst-region rectangles lie over them.
 */
export function regionsGeoJson(assessment: Assessment, map: FocusMap): RegionCollection {
	const regions = regionFeatures(assessment, map);
	const blurry = regions.filter((feature) => feature.properties.name !== NOT_ASSESSABLE).length;
	const { thresholds } = assessment.map;
	let found = `${blurry} ${blurry === 1 ? 'annotation marks' : 'annotations mark'} tissue that is out of focus.`;
	if (blurry === 0) found = 'No tissue that could be judged is out of focus.';
	if (thresholds === undefined) found = 'The policy has no thresholds for this unit, so no region is marked.';
	else if (!map.validity.includes(VALIDITY.assessable)) found = 'No tissue could be judged.';
	return {
		type: 'FeatureCollection',
		parfocal: { software: assessment.provenance.software, slide: assessment.slide.name, found },
		features: [...assessment.worstRegions.map((region) => worstFeature(region, map)), ...regions],
	};
}

/** The collection as text, one feature a line. */
export function regionsGeoJsonText(assessment: Assessment, map: FocusMap): string {
	const { type, parfocal, features } = regionsGeoJson(assessment, map);
	const lines = features.map((feature) => JSON.stringify(feature)).join(',\n');
	const head = `{"type":${JSON.stringify(type)},"parfocal":${JSON.stringify(parfocal)},"features":[`;
	return features.length === 0 ? `${head}]}\n` : `${head}\n${lines}\n]}\n`;
}

function regionFeatures(assessment: Assessment, map: FocusMap): RegionFeature[] {
	const labels = placeLabels(assessment, map);
	const components = connectedComponents(labels, map.columns);
	const outlines = traceOutlines(components.groups, map.columns, components.sizes.length);
	const statistics = groupStatistics(map, components.groups, components.sizes.length);
	const features: RegionFeature[] = [];
	for (const label of [3, 2, 1, 4, 5, 6]) {
		const own = components.labels.flatMap((value, group) => (value === label ? [group] : []));
		const isBlur = label <= 3;
		const isLarge = (group: number): boolean => isBlur && components.sizes[group]! >= SMALL_REGION_PLACES;
		const toFeature = (groups: readonly number[], name: string): RegionFeature => ({
			type: 'Feature',
			geometry: geometryOf(
				groups.map((group) => outlines[group]!),
				map,
				assessment.slide,
			),
			properties: {
				objectType: 'annotation',
				name,
				classification: { name: LABELS[label]!.name, color: LABELS[label]!.colour },
				isLocked: true,
				measurements: measurementsOf(
					groups.map((group) => statistics[group]!),
					assessment,
					map,
				),
			},
		});
		for (const group of own.filter(isLarge)) {
			features.push(
				toFeature([group], `${formatNumber(meanOf(statistics[group]!))} ${unitWords[map.unit].symbol}`.trim()),
			);
		}
		const small = own.filter((group) => !isLarge(group));
		if (small.length > 0) features.push(toFeature(small, isBlur ? 'Small regions' : NOT_ASSESSABLE));
	}
	return features;
}

function placeLabels({ map: { thresholds } }: Assessment, map: FocusMap): Uint8Array {
	const labels = thresholds ? strengthCodes(map, thresholds) : new Uint8Array(map.validity.length);
	return labels.map((code, place) => labelOfValidity[map.validity[place]!] ?? code);
}

function worstFeature(region: WorstRegion, map: FocusMap): RegionFeature {
	const value = formatNumber(region.value);
	return {
		type: 'Feature',
		geometry: { type: 'Polygon', coordinates: [rectangle(region.rect)] },
		properties: {
			objectType: 'annotation',
			name: `Worst region ${region.rank}: ${value} ${unitWords[map.unit].symbol}`.trim(),
			classification: { name: 'Worst region', color: WORST_COLOUR },
			isLocked: true,
			measurements: {
				Rank: region.rank,
				[`Mean ${unitWords[map.unit].measurement}`]: rounded(region.value),
				...(region.areaMm2 !== undefined && { 'Tissue area mm²': rounded(region.areaMm2) }),
			},
		},
	};
}

function rectangle({ x, y, widthPx, heightPx }: RectPx): readonly Position[] {
	return [
		[x, y],
		[x + widthPx, y],
		[x + widthPx, y + heightPx],
		[x, y + heightPx],
		[x, y],
	];
}

/** Places to pixels, clipped to the slide: the last column and row of a map may reach beyond it. */
function geometryOf(
	outlines: readonly Outline[],
	map: FocusMap,
	slide: Assessment['slide'],
): RegionFeature['geometry'] {
	const toPixels = (ring: Ring): Position[] =>
		ring.map(([column, row]) => [
			Math.min(map.originXPx + column * map.stepPx, slide.widthPx),
			Math.min(map.originYPx + row * map.stepPx, slide.heightPx),
		]);
	const polygons = outlines.map(({ outer, holes }) => [toPixels(outer), ...holes.map(toPixels)]);
	return polygons.length === 1
		? { type: 'Polygon', coordinates: polygons[0]! }
		: { type: 'MultiPolygon', coordinates: polygons };
}
