/** A folder for one test file, removed when it is done. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Makes the folder; call it at the top of a test file. */
export function scratchFolder(name: string): string {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), `parfocal-${name}-`)));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}
