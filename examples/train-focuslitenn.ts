/** Trains FocusLiteNN on focal stacks: `node --conditions=source examples/train-focuslitenn.ts [DATA]`. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openScorer, trainToFolder } from '@parfocal/lab';
import { decode } from './decode.ts';
import { simulatedStacks } from './simulated-stacks.ts';

const data = process.argv[2] ?? (await simulatedStacks());
const folder = await mkdtemp(join(tmpdir(), 'focuslitenn-'));
const trained = await trainToFolder({
	folder,
	data,
	given: { network: 'focuslitenn', epochs: 30, split: 'slide' },
	onEvent: (event) => {
		if (event.kind === 'epoch' && event.row.epoch % 10 === 0) {
			console.log(`epoch ${event.row.epoch}: loss ${event.row.trainingLoss.toFixed(3)}`);
		}
	},
});
console.log(`test side: SRCC ${trained.test?.srcc?.toFixed(3)} on ${trained.test?.patches} patches`);

const model = await openScorer(join(folder, 'model.safetensors'));
const { set } = trained.task;
for (const { path, zLevel } of set.patches.slice(0, 3)) {
	const score = await model.score(await decode(join(set.root, path)));
	console.log(`${path}: z ${zLevel}, score ${score.toFixed(3)}`);
}
console.log(`${folder}/model.safetensors, card.md, curve.svg`);
