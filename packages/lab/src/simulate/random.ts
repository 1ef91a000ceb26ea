/**
 * Random numbers from a seed: the same on every machine.
 * @module
 */

/** A stream of random numbers. */
export interface Random {
	/** Uniform in [0, 1). */
	uniform(): number;
	/** Uniform in [low, high). */
	between(low: number, high: number): number;
	/** Whole, uniform in 0 … `count - 1`. */
	below(count: number): number;
	/** Normal with mean 0 and deviation 1 (Box and Muller, 1958). */
	normal(): number;
	/** A stream of its own for a part of the work, decided by this stream's seed and `name` only. */
	fork(name: string): Random;
}

/**
 * A stream by the 32-bit generator "mulberry32": a Weyl sequence through a multiply-xorshift mixer. Good enough for
 * choosing crops; not for secrets.
 */
export function seededRandom(seed: number): Random {
	let state = seed | 0;
	function uniform(): number {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}
	return {
		uniform,
		between: (low, high) => low + (high - low) * uniform(),
		below: (count) => Math.floor(uniform() * count),
		normal() {
			const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
			return radius * Math.cos(2 * Math.PI * uniform());
		},
		fork(name) {
			// FNV-1a over the name, started from the seed.
			let hash = (0x811c9dc5 ^ seed) | 0;
			for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
			return seededRandom(hash);
		},
	};
}
