/**
 * `parfocal phantom`.
 * @module
 */
import { basename, resolve } from 'node:path';
import type { PhantomLayout, PhantomTissue, WrittenPhantom } from '@parfocal/lab';
import type { Context } from '../context.ts';
import { createProgress, formatDuration } from '../progress.ts';

/** Flags of `parfocal phantom`. */
export interface PhantomFlags {
	readonly size: readonly [number, number];
	readonly mpp: number;
	readonly seed: number;
	readonly quality: number;
	readonly subsampling: '420' | '444';
	/** Default: `svs` for a name that ends in .svs, `generic` for any other. */
	readonly layout?: PhantomLayout;
	readonly tissue: PhantomTissue;
}

/** Progress shows after this long: a small slide is done by then. */
const QUICK_MS = 2000;

/** Draws a slide whose focus is known and writes it with its truth. */
export default async function phantom(this: Context, flags: PhantomFlags, out: string): Promise<void> {
	// The lab and its dependencies are loaded only for the commands that draw.
	const { truthPathOf, writePhantom } = await import('@parfocal/lab');
	const [widthPx, heightPx] = flags.size;
	const started = performance.now();
	const progress = createProgress(this.process.stderr, true);
	let shown = false;
	try {
		const written = await writePhantom(resolve(this.cwd, out), {
			widthPx,
			heightPx,
			mpp: flags.mpp,
			seed: flags.seed,
			quality: flags.quality,
			subsampling: flags.subsampling,
			layout: flags.layout ?? (/\.svs$/i.test(out) ? 'svs' : 'generic'),
			tissue: flags.tissue,
			signal: this.signal,
			onProgress: (done, total) => {
				if (!shown && performance.now() - started < QUICK_MS) return;
				if (!shown) progress.start(basename(out));
				shown = true;
				progress.update(done, total);
			},
		});
		if (shown) progress.clear();
		this.process.stdout.write(describe(out, truthPathOf(out), written, performance.now() - started));
	} catch (error) {
		if (shown) progress.clear();
		throw error;
	}
}

function describe(out: string, truth: string, written: WrittenPhantom, ms: number): string {
	const { options, levels, bytes, bigTiff } = written;
	const size = `${options.widthPx} x ${options.heightPx} px at ${options.mpp} µm`;
	const format = `${options.layout === 'svs' ? 'Aperio layout' : 'generic pyramid'}${bigTiff ? ', BigTIFF' : ''}`;
	return [
		`${out}: simulated slide, ${size}, ${levels.length} levels, ${format}, ${megabytes(bytes)}, ${formatDuration(ms)}\n`,
		`${truth}: where it is out of focus, and by how many µm\n`,
	].join('');
}

function megabytes(bytes: number): string {
	return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
