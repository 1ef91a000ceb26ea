/**
 * Where imported models are kept.
 * @module
 */
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * `PARFOCAL_MODELS` when set; else `parfocal/models` in the user's data folder: `%LOCALAPPDATA%` on Windows,
 * `$XDG_DATA_HOME` or `~/.local/share` elsewhere.
 */
export function modelsFolder(
	env: Readonly<Record<string, string | undefined>> = process.env,
	platform: NodeJS.Platform = process.platform,
	home: string = homedir(),
): string {
	if (env['PARFOCAL_MODELS']) return env['PARFOCAL_MODELS'];
	const data =
		platform === 'win32'
			? env['LOCALAPPDATA'] || join(home, 'AppData', 'Local')
			: env['XDG_DATA_HOME'] || join(home, '.local', 'share');
	return join(data, 'parfocal', 'models');
}
