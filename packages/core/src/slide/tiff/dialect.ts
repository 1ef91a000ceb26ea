/**
 * What a TIFF dialect is: how one vendor uses directories and tags.
 * @module
 */

import type { MppFacts } from '../mpp.ts';
import type { AssociatedImage } from '../slide.ts';
import type { TiffFile } from './tiff-file.ts';
import type { TiffImage } from './tiff-image.ts';

/** An open TIFF with the images of its main chain; directories that hold no sound image are left out. */
export interface TiffContents {
	readonly file: TiffFile;
	readonly images: readonly TiffImage[];
	/** Text of a tag of the first directory, empty when absent. */
	text(tag: number): Promise<string>;
	/** The images of a directory's SubIFDs; unsound ones are left out. */
	subImages(image: TiffImage): Promise<TiffImage[]>;
	/** Sentences for the user, to be added to. */
	readonly warnings: string[];
}

/** What a dialect makes of a file. */
export interface TiffLayout extends MppFacts {
	/** `aperio-svs`, `ome-tiff`, `generic-tiff`. */
	readonly format: string;
	readonly vendor: string;
	/** Largest first, at least one. */
	readonly levels: readonly TiffImage[];
	readonly associated: readonly { readonly name: AssociatedImage['name']; readonly image: TiffImage }[];
	readonly properties: Readonly<Record<string, string>>;
}

/** Reads one dialect. */
export interface TiffDialect {
	recognises(contents: TiffContents): boolean;
	layout(contents: TiffContents): Promise<TiffLayout>;
}
