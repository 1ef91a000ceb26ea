/** Training steps and inference beside PyTorch, one thread each. See README.md. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openNodeEngine } from '../../packages/lab/src/engine/runtime/node-engine.ts';
import { Tape } from '../../packages/lab/src/engine/tape.ts';
import { lossNamed } from '../../packages/lab/src/losses/registry.ts';
import { Layers } from '../../packages/lab/src/networks/layers.ts';
import { answers, parameterSpecs } from '../../packages/lab/src/networks/network.ts';
import { initialParameters } from '../../packages/lab/src/networks/parameters.ts';
import { networkNamed } from '../../packages/lab/src/networks/registry.ts';
import { seededRandom } from '../../packages/lab/src/simulate/random.ts';
import { type Candidate, interleave, machine, table } from '../harness.ts';
import { focusLiteNNStep } from './focuslitenn-step.ts';

const engine = await openNodeEngine('cpu', { threads: 1 });

/** One thing to compare, and how many turns each side gets. */
interface Task {
	readonly task: 'training' | 'inference';
	readonly network: string;
	readonly batch: number;
	readonly repeats: number;
}

const TASKS: readonly Task[] = [
	{ task: 'training', network: 'focuslitenn', batch: 32, repeats: 31 },
	{ task: 'training', network: 'mobilenet_v2', batch: 8, repeats: 11 },
	{ task: 'training', network: 'resnet18', batch: 8, repeats: 9 },
	{ task: 'training', network: 'resnet50', batch: 8, repeats: 5 },
	{ task: 'inference', network: 'mobilenet_v2', batch: 1, repeats: 31 },
	{ task: 'inference', network: 'mobilenet_v2', batch: 8, repeats: 15 },
	{ task: 'inference', network: 'resnet50', batch: 1, repeats: 21 },
	{ task: 'inference', network: 'resnet50', batch: 8, repeats: 7 },
];

const WARM_UPS = 2;

/** Times everything and says it in Markdown. */
export async function run(): Promise<string> {
	const peer = await startPyTorch();
	const rows: string[][] = [];
	for (const task of TASKS) {
		const ours = await prepare(task);
		const candidates: Candidate[] = [{ name: 'ours', run: ours.run }];
		if (peer) candidates.push({ name: 'PyTorch', run: () => peer.run(task) });
		const [own, theirs] = await interleave(candidates, task.repeats, WARM_UPS);
		await ours.close();
		const side = task.network === 'focuslitenn' ? 235 : 224;
		rows.push([
			`${task.task}, ${task.network}`,
			`${task.batch} x ${side} px`,
			`${own!.minimumMs.toFixed(1)} / ${own!.medianMs.toFixed(1)}`,
			theirs ? `${theirs.minimumMs.toFixed(1)} / ${theirs.medianMs.toFixed(1)}` : '–',
			theirs ? (own!.minimumMs / theirs.minimumMs).toFixed(2) : '–',
			theirs ? (own!.medianMs / theirs.medianMs).toFixed(2) : '–',
		]);
	}
	peer?.close();
	const head = ['task', 'batch', 'ours, ms', 'PyTorch, ms', 'ratio of minima', 'ratio of medians'];
	return `# Learning

${machine()} ${peer?.version ?? 'PyTorch was left out: there is no python3 with torch here.'}
ONNX Runtime 1.30.0 on the processor; FocusLiteNN's training by our own WebAssembly. One thread each; minimum / median of
the turns. A ratio below one means that ours is faster.

${table(head, rows)}
`;
}

async function prepare({
	task,
	network,
	batch,
}: Task): Promise<{ run: () => Promise<unknown>; close(): Promise<void> }> {
	if (network === 'focuslitenn') return { run: focusLiteNNStep(batch), close: async () => {} };
	const random = seededRandom(1);
	const side = 224;
	const pictures = Float32Array.from({ length: batch * 3 * side * side }, () => random.uniform());
	const specs = parameterSpecs(networkNamed(network), 'classifier', 1, side);
	const parameters = initialParameters(specs, random);
	if (task === 'training') {
		const { startTraining } = await import('../../packages/lab/src/train/network-training.ts');
		const setup = {
			network: networkNamed(network),
			head: 'classifier',
			loss: lossNamed('mse'),
			classes: 1,
			batch,
			input: [3, side, side],
		} as const;
		const training = await startTraining({ engine, setup, specs, state: { parameters } });
		const targets = Float32Array.from({ length: batch }, (_, i) => i / batch);
		return { run: () => training.step([{ pictures, targets }], 1e-4, random), close: () => training.close() };
	}
	const tape = new Tape(network);
	const layers = new Layers(tape, {
		mode: 'use',
		bind: ({ key, shape }, graph) => graph.parameter(key, shape, parameters.get(key)!.data),
	});
	const input = tape.graph.input('pictures', [batch, 3, side, side]);
	tape.graph.output('answers', answers(networkNamed(network), layers, input, 'classifier', 1));
	const session = await engine.load(tape.graph.encode());
	const inputs = { pictures: engine.tensor('float32', pictures, input.shape) };
	return { run: () => session.run(inputs), close: () => session.close() };
}

interface PyTorch {
	readonly version: string;
	/** Milliseconds of one turn, taken there. */
	run(task: Task): Promise<number>;
	close(): void;
}

/** A PyTorch that waits for tasks; undefined, with a message, where there is none. */
async function startPyTorch(): Promise<PyTorch | undefined> {
	const script = fileURLToPath(new URL('torch_peer.py', import.meta.url));
	// Debian's OpenBLAS chooses its own kernels here: a variable that pins it to old ones would slow the peer.
	const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...env } = process.env;
	for (const python of ['/usr/bin/python3', 'python3']) {
		const child: ChildProcessWithoutNullStreams = spawn(python, [script], {
			env: { ...env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
		});
		const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
		child.on('error', () => {});
		const first = await lines.next();
		if (first.done) continue;
		return {
			version: `${first.value} with ${python}.`,
			async run({ task, network, batch }) {
				child.stdin.write(`${task} ${network} ${batch}\n`);
				return Number((await lines.next()).value);
			},
			close: () => child.kill(),
		};
	}
	console.error('PyTorch is not installed (Debian: python3-torch libopenblas0-pthread): only our own times are taken.');
	return undefined;
}

if (import.meta.main) console.log(await run());
