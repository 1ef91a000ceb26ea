/**
 * What the page draws: the folder, the curve, the confusion matrix.
 * @module
 */
import type { JSX } from 'preact';
import type { EpochReport } from './learn-from-folder.ts';
import type { PatchFolder } from './patch-folder.ts';

/** How many patches each class has. */
export function FolderTable({ folder }: { readonly folder: PatchFolder }): JSX.Element {
	const { classes, patches, leftOut } = folder;
	return (
		<>
			<table>
				<caption>
					{patches.length} patches in {classes.length} classes, sharpest first
					{leftOut > 0 && `; ${leftOut} other files are left alone`}
				</caption>
				<thead>
					<tr>
						<th scope="col">Class</th>
						<th scope="col">Patches</th>
					</tr>
				</thead>
				<tbody>
					{classes.map((name, label) => (
						<tr key={name}>
							<th scope="row">{name}</th>
							<td>{patches.filter((patch) => patch.label === label).length}</td>
						</tr>
					))}
				</tbody>
			</table>
			<p class="hint">A fifth of each class is kept to check with.</p>
		</>
	);
}

const WIDTH = 720;
const HEIGHT = 220;
const MARGIN = { left: 48, right: 12, top: 14, bottom: 34 };

/** Accuracy on held-out patches, and the loss as a share of its first value, against passes. */
export function Curve({
	reports,
	epochs,
}: {
	readonly reports: readonly EpochReport[];
	readonly epochs: number;
}): JSX.Element {
	const x = (epoch: number): number =>
		MARGIN.left + ((epoch - 1) / Math.max(1, epochs - 1)) * (WIDTH - MARGIN.left - MARGIN.right);
	const y = (share: number): number => MARGIN.top + (1 - share) * (HEIGHT - MARGIN.top - MARGIN.bottom);
	const line = (value: (report: EpochReport) => number): string =>
		reports.map((report) => `${x(report.epoch).toFixed(1)},${y(Math.min(1, value(report))).toFixed(1)}`).join(' ');
	const first = reports[0]!.loss;
	const last = reports.at(-1)!;
	return (
		<figure>
			<svg
				viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
				role="img"
				aria-label={`Accuracy ${(100 * last.accuracy).toFixed(0)} % after ${last.epoch} passes`}
			>
				{[0, 0.25, 0.5, 0.75, 1].map((share) => (
					<g key={share}>
						<line class="grid" x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={y(share)} y2={y(share)} />
						<text x={MARGIN.left - 8} y={y(share) + 4} text-anchor="end">
							{100 * share} %
						</text>
					</g>
				))}
				<text x={(MARGIN.left + WIDTH) / 2} y={HEIGHT - 6} text-anchor="middle">
					passes over the patches, 1 to {epochs}
				</text>
				<polyline class="accuracy" points={line(({ accuracy }) => accuracy)} />
				<polyline class="loss" points={line(({ loss }) => loss / first)} />
			</svg>
			<figcaption>
				<span class="key accuracy" /> answered right, of the held-out patches <span class="key loss" /> loss, as a share
				of the first pass's (dashed)
			</figcaption>
		</figure>
	);
}

/** Held-out patches by class and answer. */
export function Confusion({
	classes,
	counts,
}: {
	readonly classes: readonly string[];
	readonly counts: readonly (readonly number[])[];
}): JSX.Element {
	return (
		<div class="wide">
			<table class="confusion">
				<caption>Held-out patches: their class down, the answer across</caption>
				<thead>
					<tr>
						<td />
						{classes.map((name) => (
							<th key={name} scope="col">
								{name}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{counts.map((row, label) => {
						const total = row.reduce((sum, count) => sum + count, 0);
						return (
							<tr key={classes[label]}>
								<th scope="row">{classes[label]}</th>
								{row.map((count, answer) => (
									<td key={classes[answer]} style={{ '--share': total === 0 ? 0 : count / total }}>
										{count || ''}
									</td>
								))}
							</tr>
						);
					})}
				</tbody>
			</table>
		</div>
	);
}
