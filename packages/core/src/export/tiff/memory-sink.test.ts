import { expect, test } from 'vitest';
import { memorySink } from './memory-sink.ts';

test('keeps what is written where it is written, gaps as zeros', () => {
	const sink = memorySink();
	expect(sink.bytes()).toEqual(new Uint8Array(0));
	sink.write(Uint8Array.of(1, 2), 3);
	expect([...sink.bytes()]).toEqual([0, 0, 0, 1, 2]);
	sink.write(Uint8Array.of(9), 0);
	expect([...sink.bytes()]).toEqual([9, 0, 0, 1, 2]);
});

test('grows past its first buffer without losing anything', () => {
	const sink = memorySink();
	sink.write(Uint8Array.of(7), 10);
	sink.write(Uint8Array.of(8), 1_000_000);
	const bytes = sink.bytes();
	expect(bytes.length).toBe(1_000_001);
	expect([bytes[10], bytes[11], bytes[1_000_000]]).toEqual([7, 0, 8]);
});

test('its answer is a copy', () => {
	const sink = memorySink();
	sink.write(Uint8Array.of(1), 0);
	const before = sink.bytes();
	sink.write(Uint8Array.of(2), 0);
	expect(before[0]).toBe(1);
});
