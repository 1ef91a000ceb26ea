import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelsFolder } from './models-folder.ts';

describe('imported models are kept', () => {
	test.each<[string, Record<string, string>, NodeJS.Platform, string]>([
		['where PARFOCAL_MODELS says', { PARFOCAL_MODELS: '/m', XDG_DATA_HOME: '/x' }, 'linux', '/m'],
		['in the data folder of the desktop', { XDG_DATA_HOME: '/x' }, 'linux', join('/x', 'parfocal', 'models')],
		['in the home folder', {}, 'linux', join('/home/me', '.local', 'share', 'parfocal', 'models')],
		[
			'in the home folder when the variable is empty',
			{ XDG_DATA_HOME: '' },
			'darwin',
			join('/home/me', '.local', 'share', 'parfocal', 'models'),
		],
		[
			'in the local data of Windows',
			{ LOCALAPPDATA: 'C:\\L', XDG_DATA_HOME: '/x' },
			'win32',
			join('C:\\L', 'parfocal', 'models'),
		],
		['in the home folder of Windows', {}, 'win32', join('/home/me', 'AppData', 'Local', 'parfocal', 'models')],
	])('%s', (_, env, platform, expected) => {
		expect(modelsFolder(env, platform, '/home/me')).toBe(expected);
	});
});
