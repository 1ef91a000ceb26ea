/**
 * The page: a folder in, a trained model out. Nothing leaves the browser.
 * @module
 */

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { filesOf } from './chosen-files.ts';
import { openEngine } from './engine.ts';
import type { EpochReport, Learned } from './learn-from-folder.ts';
import { type PatchFolder, sortPatches } from './patch-folder.ts';
import { Confusion, Curve, FolderTable } from './pictures.tsx';

const LOSSES = [
	['oe', 'Ordinal encoding (OE)'],
	['ce', 'Cross-entropy (CE)'],
	['bu', 'Binomial unimodal (BU)'],
	['co2', 'CO2'],
] as const;

/** What the page is doing. */
type Stage =
	| { readonly name: 'idle' }
	| { readonly name: 'features'; readonly done: number; readonly total: number }
	| { readonly name: 'training' }
	| { readonly name: 'learned'; readonly learned: Learned; readonly seconds: number };

/** The whole page. */
export function TrainPage(): JSX.Element {
	const [folder, setFolder] = useState<PatchFolder>();
	const [problem, setProblem] = useState('');
	const [stage, setStage] = useState<Stage>({ name: 'idle' });
	const [reports, setReports] = useState<readonly EpochReport[]>([]);
	const [loss, setLoss] = useState('oe');
	const [epochs, setEpochs] = useState(40);
	const stop = useRef<AbortController>(undefined);

	async function choose(files: Promise<Parameters<typeof sortPatches>[0]>): Promise<void> {
		setStage({ name: 'idle' });
		setReports([]);
		setProblem('');
		setFolder(undefined);
		try {
			setFolder(sortPatches(await files));
		} catch (error) {
			setProblem((error as Error).message);
		}
	}

	async function train(): Promise<void> {
		stop.current = new AbortController();
		const { signal } = stop.current;
		const start = performance.now();
		setReports([]);
		setProblem('');
		setStage({ name: 'features', done: 0, total: folder!.patches.length });
		try {
			const [{ learnFromFolder }, engine] = await Promise.all([import('./learn-from-folder.ts'), openEngine()]);
			const learned = await learnFromFolder(
				engine,
				folder!,
				{ loss, epochs, seed: 1 },
				{
					onFeatures: (done, total) => setStage({ name: 'features', done, total }),
					onEpoch(report) {
						setStage({ name: 'training' });
						setReports((before) => [...before, report]);
					},
					signal,
				},
			);
			setStage({ name: 'learned', learned, seconds: (performance.now() - start) / 1000 });
		} catch (error) {
			setStage({ name: 'idle' });
			setProblem(signal.aborted ? 'Stopped.' : (error as Error).message);
		}
	}

	const busy = stage.name === 'features' || stage.name === 'training';
	useEffect(() => {
		const allow = (event: DragEvent): void => event.preventDefault();
		const drop = (event: DragEvent): void => {
			event.preventDefault();
			if (!busy) void choose(filesOf(event.dataTransfer!));
		};
		document.addEventListener('dragover', allow);
		document.addEventListener('drop', drop);
		return () => {
			document.removeEventListener('dragover', allow);
			document.removeEventListener('drop', drop);
		};
	});
	return (
		<>
			<header>
				<div>
					<h1>Train a focus model on your own patches</h1>
					<p>Your pictures stay in this browser: nothing is uploaded, and nothing is fetched from elsewhere.</p>
				</div>
			</header>
			<main>
				<section>
					<h2>1. Choose a folder</h2>
					<p>
						One folder a class inside it, the sharpest first: <code>0</code>, <code>1</code>, <code>2</code> … or names
						in alphabetical order. Pictures of at least 235 x 235 pixels; the middle of each is looked at.
					</p>
					<label class="file">
						Folder of patches
						<input
							type="file"
							multiple
							disabled={busy}
							ref={(element) => element?.setAttribute('webkitdirectory', '')}
							onChange={(event) => void choose(filesOf(event.currentTarget))}
						/>
					</label>
					<p class="hint">Or drop it anywhere on this page.</p>
					{folder && <FolderTable folder={folder} />}
				</section>
				<section>
					<h2>2. Train</h2>
					<div class="settings">
						<label>
							Loss
							<select value={loss} disabled={busy} onChange={(event) => setLoss(event.currentTarget.value)}>
								{LOSSES.map(([name, words]) => (
									<option key={name} value={name}>
										{words}
									</option>
								))}
							</select>
						</label>
						<label>
							Passes
							<input
								type="number"
								min="1"
								max="500"
								value={epochs}
								disabled={busy}
								onChange={(event) =>
									setEpochs(Math.min(500, Math.max(1, Math.round(Number(event.currentTarget.value)) || 1)))
								}
							/>
						</label>
						<button type="button" disabled={!folder || busy} onClick={() => void train()}>
							Train
						</button>
						<button type="button" class="second" disabled={!busy} onClick={() => stop.current?.abort()}>
							Stop
						</button>
					</div>
					<p role="status" class={problem ? 'problem' : ''}>
						{problem || words(stage, reports.at(-1), epochs)}
					</p>
					{stage.name === 'features' && (
						<progress value={stage.done} max={stage.total} aria-label="Pictures looked at" />
					)}
					{reports.length > 0 && <Curve reports={reports} epochs={epochs} />}
				</section>
				{stage.name === 'learned' && folder && <Result folder={folder} learned={stage.learned} />}
			</main>
		</>
	);
}

function words(stage: Stage, last: EpochReport | undefined, epochs: number): string {
	if (stage.name === 'features') return `Looking at picture ${stage.done} of ${stage.total}.`;
	if (stage.name === 'training') return `Pass ${last?.epoch ?? 0} of ${epochs}.`;
	if (stage.name === 'learned') return `Done in ${stage.seconds.toFixed(0)} s.`;
	return '';
}

function Result({ folder, learned }: { readonly folder: PatchFolder; readonly learned: Learned }): JSX.Element {
	const { best, leftOut, file } = learned;
	const percent = Math.round(100 * best.accuracy);
	return (
		<section>
			<h2>3. The model</h2>
			<p>
				Pass {best.epoch} was kept. Of the patches it did not learn from, it answers {percent} % with their class; it is
				off by {best.meanError.toFixed(2)} classes on average. If patches of one slide lie on both sides, it will do
				worse on slides it has never seen.
			</p>
			<Confusion classes={folder.classes} counts={learned.confusion} />
			{leftOut.length > 0 && (
				<details>
					<summary>{leftOut.length} pictures were left out</summary>
					<ul>
						{leftOut.map((line) => (
							<li key={line}>{line}</li>
						))}
					</ul>
				</details>
			)}
			<p>
				<a class="download" download="model.safetensors" href={URL.createObjectURL(new Blob([file]))}>
					Save the model
				</a>{' '}
				and use it with <code>parfocal score --model model.safetensors</code> or <code>scan</code>.
			</p>
		</section>
	);
}
