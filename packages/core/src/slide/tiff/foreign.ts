/**
 * Dialects that are known but not read. Reading them as plain TIFF would give nonsense: overlapping tiles, several
 * specimens in one file, padded sizes.
 * @module
 */
import { FormatError } from '../../errors.ts';
import type { TiffContents } from './dialect.ts';
import { tag } from './tags.ts';

/**
 * Refuses them by name.
 * @throws {FormatError} `unsupported`, naming the vendor.
 */
export async function refuseForeignDialects(name: string, contents: TiffContents): Promise<void> {
	const vendor = await foreignDialect(contents);
	if (vendor === undefined) return;
	const message = `${name} is a ${vendor} file, which is not read yet. Convert it to pyramidal TIFF or OME-TIFF, e.g. with \`vips tiffsave\` or bfconvert.`;
	throw new FormatError('slide', 'unsupported', message);
}

async function foreignDialect(contents: TiffContents): Promise<string | undefined> {
	const { file, images } = contents;
	if (file.directories[0]!.entries.has(tag.ndpiFormat)) return 'Hamamatsu NDPI';
	const description = images[0]?.description.slice(0, 4096) ?? '';
	if (description.includes('leica-microsystems.com/scn')) return 'Leica SCN';
	const software = await contents.text(tag.software);
	if (software.startsWith('Philips') || description.includes('DPUfsImport')) return 'Philips TIFF';
	if (software.startsWith('MedScan')) return 'Trestle TIFF';
	for (const image of images.slice(0, 4)) {
		// XMP is often stored as bytes; the interesting words are ASCII either way.
		const xmp = await image.directory.text(tag.xmp);
		if (xmp?.slice(0, 65_536).includes('<iScan')) return 'Ventana BIF';
	}
	return undefined;
}
