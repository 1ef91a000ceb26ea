/**
 * Byte sources that behave like the ones in the field: late, counting, reusing their buffer, failing.
 * @module
 */
import { ReadError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { bufferSource } from '../source/buffer-source.ts';

/** A range that was read. */
export interface ReadRange {
	readonly offset: number;
	readonly length: number;
}

/** A source over bytes that notes what is read. */
export interface ProbeSource extends ByteSource {
	readonly reads: ReadRange[];
	closed: number;
}

/**
 * `mode`: `view` answers with views, `reused` overwrites the bytes of the last answer (as a blocking file source does),
 * `late` answers in a later turn. `failAt`: the read of that number fails as if the file had vanished.
 */
export function probeSource(
	bytes: Uint8Array,
	{ mode = 'view', failAt = Number.NaN }: { mode?: 'view' | 'reused' | 'late'; failAt?: number } = {},
): ProbeSource {
	const inner = bufferSource(bytes, 'probe.tif');
	const buffer = new Uint8Array(bytes.length);
	const probe: ProbeSource = {
		name: inner.name,
		size: inner.size,
		reads: [],
		closed: 0,
		read(offset, length, options) {
			if (probe.reads.length === failAt) throw new ReadError('probe.tif', 'vanished', 'probe.tif vanished.');
			probe.reads.push({ offset, length });
			const answer = inner.read(offset, length, options) as Uint8Array;
			if (mode === 'view') return answer;
			if (mode === 'late') return new Promise((resolve) => setTimeout(() => resolve(answer.slice()), 0));
			buffer.fill(0xa5);
			buffer.set(answer);
			return buffer.subarray(0, length);
		},
		close() {
			probe.closed++;
		},
	};
	return probe;
}
