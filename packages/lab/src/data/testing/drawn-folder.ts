/**
 * A data folder with drawn pictures, for tests that must run without real ones.
 * @module
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { seededRandom } from '../../simulate/random.ts';
import { VALIDATION_REPOS } from '../split.ts';

/** Two collections to train on, one held out, one picture too small, one entry of real defocus that is not there. */
export async function drawnFolder(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'parfocal-dataset-'));
	mkdirSync(join(folder, 'sharp'));
	const random = seededRandom(2);
	const files = [];
	for (const [name, sidePx, repo] of [
		['a', 260, 'repo-1'],
		['b', 260, 'repo-2'],
		['c', 260, VALIDATION_REPOS[0]],
		['tiny', 60, 'repo-1'],
	] as const) {
		const data = Uint8Array.from(
			{ length: 3 * sidePx * sidePx },
			(_, i) => (i % 3 === 1 ? 60 : 120) + random.below(90),
		);
		const file = `sharp/${name}.png`;
		await sharp(data, { raw: { width: sidePx, height: sidePx, channels: 3 } })
			.png()
			.toFile(join(folder, file));
		files.push({ file, role: 'sharp', source_repo: repo, source_path: name, licence: 'none' });
	}
	files.push({ file: 'defocus/x.png', role: 'defocus', source_repo: 'repo-3', source_path: 'x', licence: 'none' });
	writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ files }));
	return folder;
}
