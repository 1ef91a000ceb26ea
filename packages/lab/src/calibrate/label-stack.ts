/**
 * Labels of a focal stack: how far each plane is from the sharpest.
 * @module
 */

/** Labels of planes, and what is odd about the stack. */
export interface StackLabels {
	/** Height of best focus, in the unit of `z`; between planes where the scores say so. */
	readonly best: number;
	/** `|z - best|` of each plane. */
	readonly labels: readonly number[];
	readonly warnings: readonly string[];
}

/** Planes beyond the best one that make a side. */
const LEAST_BESIDE = 3;

/** A fall of this part of all scores' range, going away from focus, is worth a word. */
const WORTH_SAYING = 0.1;

/**
 * Finds best focus as the minimum of blur, smoothed over three planes (1 2 1) and between planes by a parabola.
 * @param z Heights, ascending.
 * @param blur Scores that grow with blur, a plane each.
 * @param known Height of best focus, where the user knows it.
 */
export function labelStack(z: readonly number[], blur: readonly number[], known?: number): StackLabels {
	const smooth = smoothed(blur);
	const least = smooth.indexOf(Math.min(...smooth));
	const best = known ?? vertex(z, smooth, least);
	const below = z.filter((height) => height < best).length;
	const beside = Math.min(below, z.length - below);
	const warnings: string[] = [];
	if (beside < LEAST_BESIDE) {
		warnings.push(
			`The stack does not reach both sides of focus: best focus is at ${shown(best)}, with ${beside} of ${z.length} planes on the shorter side. If focus lies beyond it, all labels are off.`,
		);
	}
	const upper = z.findIndex((height) => height >= best);
	const split = upper < 0 ? z.length : upper;
	const range = Math.max(...smooth) - Math.min(...smooth);
	for (const side of [[...z.keys()].slice(split), [...z.keys()].slice(0, split).reverse()]) {
		const fall = largestFall(side, smooth);
		if (fall === undefined || fall.size <= WORTH_SAYING * range) continue;
		warnings.push(
			`Scores do not rise steadily away from focus: from ${shown(z[fall.from]!)} to ${shown(z[fall.to]!)} they fall by ${Math.round((100 * fall.size) / range)} % of their range. The model cannot tell blur apart there.`,
		);
	}
	return { best, labels: z.map((height) => Math.abs(height - best)), warnings };
}

function smoothed(values: readonly number[]): number[] {
	return values.map((value, i) => {
		const [before, after] = [values[i - 1], values[i + 1]];
		const neighbours = [before, after].filter((neighbour) => neighbour !== undefined);
		return (2 * value + neighbours.reduce((sum, neighbour) => sum + neighbour, 0)) / (2 + neighbours.length);
	});
}

/** Where the parabola through a plane and its neighbours is lowest; the plane itself at an end. */
function vertex(z: readonly number[], blur: readonly number[], at: number): number {
	if (at <= 0 || at >= z.length - 1) return z[Math.max(0, at)]!;
	const [left, right] = [z[at]! - z[at - 1]!, z[at + 1]! - z[at]!];
	const fallLeft = (blur[at - 1]! - blur[at]!) / left;
	const fallRight = (blur[at + 1]! - blur[at]!) / right;
	const bend = (fallLeft + fallRight) / (left + right);
	return bend > 0 ? z[at]! + right / 2 - fallRight / (2 * bend) : z[at]!;
}

/** The deepest fall walking along `order`. */
function largestFall(
	order: readonly number[],
	values: readonly number[],
): { from: number; to: number; size: number } | undefined {
	let top = order[0];
	let deepest: { from: number; to: number; size: number } | undefined;
	for (const i of order) {
		if (values[i]! >= values[top!]!) top = i;
		const size = values[top!]! - values[i]!;
		if (size > (deepest?.size ?? 0)) deepest = { from: top!, to: i, size };
	}
	return deepest;
}

const shown = (height: number): string => `z = ${Number(height.toFixed(2))}`;
