import { expect, test } from 'vitest';
import { EXPECTED_SCORES_SHA256, scoresSha256 } from './testing/score-fingerprint.ts';

test('scores in the browser are those in Node, to the last bit', async () => {
	expect(await scoresSha256()).toBe(EXPECTED_SCORES_SHA256);
});
