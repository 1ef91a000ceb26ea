/**
 * Polygons out of GeoJSON (RFC 7946), which QuPath and other annotation tools write, with pixels for degrees.
 * @module
 */
import { FormatError } from '../errors.ts';

/** A closed ring as `x, y, x, y, …`; the closing point may be repeated or not. */
export type Ring = Float64Array;

/** Its outline and its holes, in any order: inside is inside an odd number of rings. */
export type Polygon = readonly Ring[];

const MOST_CHARACTERS = 128 * 2 ** 20;
const MOST_POINTS = 2_000_000;
const MOST_RINGS = 200_000;
const MOST_NESTING = 16;
/** No slide is wider; beyond it rounding would move points. */
const LARGEST_COORDINATE = 1e8;

/**
 * All polygons in a GeoJSON text or object, whatever they are nested in.
 * @throws {FormatError} when it is not GeoJSON, holds no polygon or breaks a bound
 */
export function polygonsFromGeoJson(geoJson: unknown): Polygon[] {
	const collector: Collector = { polygons: [], points: 0, rings: 0 };
	collect(typeof geoJson === 'string' ? parse(geoJson) : geoJson, collector, 0);
	if (collector.polygons.length === 0) throw unusable('holds no polygon');
	return collector.polygons;
}

interface Collector {
	readonly polygons: Polygon[];
	points: number;
	rings: number;
}

function parse(text: string): unknown {
	if (text.length > MOST_CHARACTERS) throw unusable(`is longer than ${MOST_CHARACTERS} characters`, 'too-large');
	try {
		return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
	} catch (cause) {
		throw unusable('is not JSON', 'corrupt', cause);
	}
}

function collect(node: unknown, into: Collector, depth: number): void {
	if (depth > MOST_NESTING) throw unusable('is nested too deeply', 'too-large');
	if (Array.isArray(node)) {
		// QuPath up to 0.2 wrote a plain list of features.
		for (const member of node) collect(member, into, depth + 1);
		return;
	}
	if (typeof node !== 'object' || node === null) throw unusable('has something else where a GeoJSON object belongs');
	const { type, features, geometry, geometries, coordinates } = node as Record<string, unknown>;
	switch (type) {
		case 'FeatureCollection':
			collect(list(features, 'features'), into, depth + 1);
			return;
		case 'GeometryCollection':
			collect(list(geometries, 'geometries'), into, depth + 1);
			return;
		case 'Feature':
			// RFC 7946 §3.2: a feature without a place has the geometry null.
			if (geometry !== null && geometry !== undefined) collect(geometry, into, depth + 1);
			return;
		case 'Polygon':
			into.polygons.push(polygon(coordinates, into));
			return;
		case 'MultiPolygon':
			for (const member of list(coordinates, 'coordinates')) into.polygons.push(polygon(member, into));
			return;
		case 'Point':
		case 'MultiPoint':
		case 'LineString':
		case 'MultiLineString':
			return;
		default:
			throw unusable(`has an object of the unknown type ${JSON.stringify(type)?.slice(0, 60) ?? 'none'}`);
	}
}

function polygon(coordinates: unknown, into: Collector): Polygon {
	const rings = list(coordinates, 'coordinates');
	into.rings += rings.length;
	if (into.rings > MOST_RINGS) throw unusable(`has more than ${MOST_RINGS} rings`, 'too-large');
	return rings.map((points) => ring(list(points, 'a ring'), into));
}

function ring(points: readonly unknown[], into: Collector): Ring {
	into.points += points.length;
	if (into.points > MOST_POINTS) throw unusable(`has more than ${MOST_POINTS} points`, 'too-large');
	const flat = new Float64Array(2 * points.length);
	for (const [i, point] of points.entries()) {
		const [x, y] = list(point, 'a point');
		if (!isCoordinate(x) || !isCoordinate(y)) throw unusable('has a point without two usable coordinates');
		flat[2 * i] = x;
		flat[2 * i + 1] = y;
	}
	return flat;
}

function isCoordinate(value: unknown): value is number {
	return typeof value === 'number' && Math.abs(value) <= LARGEST_COORDINATE;
}

function list(value: unknown, what: string): readonly unknown[] {
	if (Array.isArray(value)) return value;
	throw unusable(`has no list where ${what} belongs`);
}

function unusable(complaint: string, reason: 'corrupt' | 'too-large' = 'corrupt', cause?: unknown): FormatError {
	const message = `The region of interest ${complaint}. Export polygons as GeoJSON in full-resolution pixels.`;
	return new FormatError('GeoJSON', reason, message, cause === undefined ? {} : { cause });
}
