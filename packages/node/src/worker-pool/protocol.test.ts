import { ArgumentError, FormatError, ModelError, ReadError } from '@parfocal/core';
import { expect, test } from 'vitest';
import { packError, unpackError } from './protocol.ts';

test.each([
	new ReadError('a.svs', 'vanished', 'a.svs is gone'),
	new FormatError('TIFF directory', 'truncated', 'the file ends early'),
	new ModelError('mine', 'no such model'),
	new ArgumentError('mpp', 'mpp is -1'),
	new TypeError('foreign'),
])('$name survives the way between threads', (error) => {
	const packed = structuredClone(packError(error));
	const back = unpackError(packed);
	expect(back.message).toBe(error.message);
	expect(back.constructor).toBe(error instanceof TypeError ? Error : error.constructor);
	const { stack: _, cause: __, ...fields } = { ...error } as Record<string, unknown>;
	if (!(error instanceof TypeError)) expect(back).toMatchObject(fields);
	expect((back.cause as Error).stack).toContain('protocol.test');
});

test('what is thrown without being an error still says what it was', () => {
	expect(unpackError(packError('plain words')).message).toBe('plain words');
});
