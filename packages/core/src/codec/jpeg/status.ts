import { FormatError, type FormatFailure } from '../../errors.ts';

/** What the kernel's status numbers mean (packages/core/kernels/jpeg/status.ts): reason, and the rest of a sentence. */
const failures: Readonly<Record<number, readonly [FormatFailure, string]>> = {
	1: ['truncated', 'ends inside its headers'],
	2: ['truncated', 'ends before its last block'],
	10: ['unrecognised', 'does not start with a JPEG marker'],
	11: ['corrupt', 'has a marker where none belongs'],
	12: ['corrupt', 'has a broken quantisation table'],
	13: ['corrupt', 'has a broken Huffman table'],
	14: ['corrupt', 'has a broken frame header'],
	15: ['corrupt', 'has a broken scan header'],
	16: ['corrupt', 'has no image in it'],
	17: ['corrupt', 'uses a quantisation table that it does not define (are its shared tables missing?)'],
	18: ['corrupt', 'uses a Huffman table that it does not define (are its shared tables missing?)'],
	19: ['corrupt', 'has a code that is not in its Huffman table'],
	20: ['corrupt', 'lacks a restart marker or has them out of order'],
	30: ['unsupported', 'is progressive'],
	31: ['unsupported', 'is lossless'],
	32: ['unsupported', 'is hierarchical'],
	33: ['unsupported', 'is arithmetic-coded'],
	34: ['unsupported', 'is JPEG-LS'],
	35: ['unsupported', 'does not have 8 bits a sample'],
	36: ['unsupported', 'has neither one nor three components'],
	37: ['unsupported', 'has unusual sampling factors'],
	38: ['unsupported', 'has several scans'],
	39: ['unsupported', 'states its height only after the image'],
	50: ['too-large', 'would decode to more than 1.2 GB'],
};

/** The error for a status other than 0. */
export function jpegError(status: number): FormatError {
	const [reason, words] = failures[status] ?? ['corrupt', `failed with the unknown status ${status}`];
	return new FormatError('JPEG image', reason, `The JPEG image ${words}.`);
}
