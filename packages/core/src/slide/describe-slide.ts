/**
 * A slide's header as plain data.
 * @module
 */
import type { AssociatedImage, Level, Mpp, Slide } from './slide.ts';

/** What a slide's header says, ready for `JSON.stringify`. Unknown values are null, so that every key is always there. */
export interface SlideDescription {
	readonly name: string;
	readonly format: string;
	readonly vendor: string;
	readonly mpp: Mpp | null;
	readonly objectivePower: number | null;
	readonly levels: readonly Level[];
	readonly associated: readonly Pick<AssociatedImage, 'name' | 'widthPx' | 'heightPx'>[];
	readonly properties: Readonly<Record<string, string>>;
	readonly warnings: readonly string[];
}

/** Describes a slide without reading any pixel of it. */
export function describeSlide(slide: Slide): SlideDescription {
	const { name, format, vendor, mpp, objectivePower, levels, properties, warnings } = slide;
	return {
		name,
		format,
		vendor,
		mpp: mpp ?? null,
		objectivePower: objectivePower ?? null,
		levels,
		associated: slide.associated.map(({ name: kind, widthPx, heightPx }) => ({ name: kind, widthPx, heightPx })),
		properties,
		warnings,
	};
}
