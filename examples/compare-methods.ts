/** Three methods side by side: `node --conditions=source examples/compare-methods.ts [DATA]`. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeMethod, methodsNamed, openDataset, runComparison } from '@parfocal/lab';
import { simulatedStacks } from './simulated-stacks.ts';

const path = process.argv[2] ?? (await simulatedStacks());
const data = { name: 'data', set: await openDataset(path) };
const methods = methodsNamed(['mlv', 'focuslitenn-luma4-energy', 'focuslitenn']);
const { answers, leaks } = await runComparison({
	data,
	methods,
	split: 'slide',
	seeds: [1, 2],
	protocol: 'reduced',
	weights: new Map(),
	epochs: 20,
	folder: await mkdtemp(join(tmpdir(), 'comparison-')),
});
for (const note of data.set.notes) console.log(note);
console.log(leaks[0]);
for (const { name } of methods) {
	const own = answers.filter(({ method }) => method === name);
	const { srcc, roc } = judgeMethod(data.set, own).figures;
	console.log(`${name}: SRCC ${srcc!.value.toFixed(3)}, ROC-AUC ${roc!.value.toFixed(3)}`);
}
