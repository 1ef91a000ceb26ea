import { ReadError, WriteError } from '@parfocal/core';
import { describe, expect, test } from 'vitest';
import { toWriteError } from './write-error.ts';

function failure(code: string): Error {
	return Object.assign(new Error(`${code}: something`), { code });
}

describe('toWriteError', () => {
	test.each([
		['ENOSPC', 'disk-full', /disk is full\. Free some space/],
		['EDQUOT', 'disk-full', /quota/],
		['EACCES', 'permission', /may not write/],
		['EROFS', 'permission', /read-only/],
		['EEXIST', 'exists', /file of that name/],
		['ENOTDIR', 'exists', /part of the path is a file/],
		['ENAMETOOLONG', 'io', /too long/],
		['EIO', 'io', /EIO/],
	] as const)('%s', (code, reason, words) => {
		const cause = failure(code);
		const error = toWriteError('/out/slide', cause) as WriteError;
		expect(error).toBeInstanceOf(WriteError);
		expect(error.reason).toBe(reason);
		expect(error.path).toBe('/out/slide');
		expect(error.cause).toBe(cause);
		expect(error.message).toMatch(/^\/out\/slide could not be written: .*\.$/);
		expect(error.message).toMatch(words);
	});

	test('errors of the family stay as they are', () => {
		const read = new ReadError('a.svs', 'vanished', 'a.svs vanished.');
		expect(toWriteError('/out', read)).toBe(read);
	});

	test('anything thrown becomes one of the family', () => {
		for (const thrown of ['text', 7, undefined, null, {}]) {
			const error = toWriteError('/out', thrown) as WriteError;
			expect(error).toBeInstanceOf(WriteError);
			expect(error.reason).toBe('io');
		}
	});
});
