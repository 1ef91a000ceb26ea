/** A worker that does what each message says: the test double for a reader that misbehaves. */
import { parentPort, threadId } from 'node:worker_threads';

parentPort?.on('message', ({ act, value }: { act: string; value?: unknown }) => {
	switch (act) {
		case 'echo':
			parentPort?.postMessage({ value, threadId });
			return;
		case 'late':
			setTimeout(() => parentPort?.postMessage({ value, threadId }), 30);
			return;
		case 'throw':
			throw new RangeError('scripted fault');
		case 'exit':
			process.exit(7);
			return;
		case 'hang':
			for (;;);
		case 'hoard': {
			const hoard: number[][] = [];
			for (;;) hoard.push(new Array<number>(1e5).fill(hoard.length));
		}
	}
});
