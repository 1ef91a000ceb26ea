/**
 * How large a phantom's file can become.
 * @module
 */
import type { ResolvedPhantomOptions } from './options.ts';

/** Files that could pass this become BigTIFF: classic TIFF ends at 4 GiB. */
const CLASSIC_LIMIT_BYTES = 3.5e9;

/** Whether the file might be too large for a classic TIFF: the worst tissue at this quality, and a third for the pyramid. */
export function needsBigTiff(
	options: Pick<ResolvedPhantomOptions, 'widthPx' | 'heightPx' | 'quality' | 'subsampling'>,
): boolean {
	const bytesPerPx = (options.quality > 90 ? 1.8 : 0.7) * (options.subsampling === '444' ? 1.6 : 1);
	return options.widthPx * options.heightPx * bytesPerPx * (4 / 3) > CLASSIC_LIMIT_BYTES;
}
