import { expect, test } from 'vitest';
import { toReadError } from './read-error.ts';

const withCode = (code: string): Error => Object.assign(new Error(`${code}: no`), { code });

test.each([
	['ENOENT', 'not-found'],
	['ENOTDIR', 'not-found'],
	['ENAMETOOLONG', 'not-found'],
	['EACCES', 'permission'],
	['EPERM', 'permission'],
	['EISDIR', 'directory'],
	['ESTALE', 'vanished'],
	['ENODEV', 'vanished'],
	['ENXIO', 'vanished'],
	['EIO', 'io'],
	['EMFILE', 'io'],
])('%s is %s', (code, reason) => {
	const cause = withCode(code);
	const error = toReadError('slides/a.svs', cause);
	expect(error).toMatchObject({ tag: 'read', reason, source: 'slides/a.svs', cause });
	expect(error.message).toMatch(/^slides\/a\.svs .*\.$/);
});

test('an unknown code and something that is no error are named', () => {
	expect(toReadError('a', withCode('EWEIRD')).message).toContain('EWEIRD');
	expect(toReadError('a', 'broken cable').message).toContain('broken cable');
	expect(toReadError('a', 'broken cable').reason).toBe('io');
});
