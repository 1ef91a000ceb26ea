/** Data for examples that are given none. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSimulatedFocusPath } from '@parfocal/lab';

/** Writes small simulated focal stacks into a temporary folder and gives its path. */
export async function simulatedStacks(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'simulated-stacks-'));
	const sizes = { slides: 5, positions: 2, slices: 8, sidePx: 256, stepUm: 0.75, mpp: 0.25, seed: 1 };
	const { patches } = await writeSimulatedFocusPath(folder, sizes);
	console.log(`${folder}: ${patches} simulated patches`);
	return folder;
}
