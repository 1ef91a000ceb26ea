import { execFileSync } from 'node:child_process';

/** Interleaved samples with gradients, waves and noise; the same on every run. */
export function texture(widthPx: number, heightPx: number, channels: number): Uint8Array {
	const data = new Uint8Array(widthPx * heightPx * channels);
	let noise = 1;
	for (let i = 0; i < data.length; i++) {
		noise = (Math.imul(noise, 1103515245) + 12345) >>> 0;
		const channel = i % channels;
		const x = Math.floor(i / channels) % widthPx;
		const y = Math.floor(i / channels / widthPx);
		const wave = 60 * Math.sin(x / (7 + channel)) + 50 * Math.cos(y / 5 + x / 31);
		data[i] = Math.max(0, Math.min(255, 128 + wave + ((noise >>> 16) % 80) - 40));
	}
	return data;
}

/** True when a command-line tool is there; says why tests skip when it is not. */
export function hasTool(name: string): boolean {
	try {
		execFileSync(name, ['-help'], { stdio: 'ignore' });
		return true;
	} catch (error) {
		// djpeg and cjpeg end with a status after printing their help.
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return true;
		console.warn(`skipped: tests against ${name}, because it is not installed`);
		return false;
	}
}
