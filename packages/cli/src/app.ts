/**
 * The command tree. Only names, flags and help texts are loaded here; each command's work is loaded when it runs.
 * @module
 */
import { type Application, buildApplication, buildRouteMap, type Command, type RouteMap } from '@stricli/core';
import type { Context } from './context.ts';
import { calibrateRoute } from './routes/calibrate.ts';
import { compareRoute } from './routes/compare.ts';
import { demoRoute } from './routes/demo.ts';
import { doctorRoute } from './routes/doctor.ts';
import { filterRoute } from './routes/filter.ts';
import { infoRoute } from './routes/info.ts';
import { modelsRoute } from './routes/models.ts';
import { phantomRoute } from './routes/phantom.ts';
import { scanRoute } from './routes/scan.ts';
import { scoreRoute } from './routes/score.ts';
import { simulateRoute } from './routes/simulate.ts';
import { trainRoute } from './routes/train.ts';
import { trainDictionaryRoute } from './routes/train-dictionary.ts';
import { versionRoute } from './routes/version.ts';
import { exitCodeForError, textFor } from './text.ts';
import { softwareVersion } from './version.ts';

const root: RouteMap<Context> = buildRouteMap({
	routes: {
		scan: scanRoute,
		score: scoreRoute,
		filter: filterRoute,
		info: infoRoute,
		models: modelsRoute,
		phantom: phantomRoute,
		simulate: simulateRoute,
		train: trainRoute,
		'train-dictionary': trainDictionaryRoute,
		compare: compareRoute,
		calibrate: calibrateRoute,
		demo: demoRoute,
		doctor: doctorRoute,
		version: versionRoute,
	},
	docs: {
		brief: 'Where a slide is blurry, and what to do about it',
		fullDescription: [
			'Parfocal measures how well whole-slide images are in focus: a map, a verdict in words, the worst regions.',
			'',
			'  parfocal demo                     make a slide with known blur, scan it, see a report',
			'  parfocal scan slide.svs           scan a slide into ./parfocal-out/slide.svs/',
			'  parfocal scan slides/ --json      scan a folder, results as JSON lines',
			'',
			'--debug with any command shows where an internal error came from.',
			'Exit codes: 0 all pass, 1 internal error, 2 bad usage, 3 some slides need review or rescan,',
			'4 some could not be read, 5 results could not be written, 130 interrupted.',
		].join('\n'),
	},
});

/** Builds the application for one run. */
export function createApp(context: Context, { debug }: { readonly debug: boolean }): Application<Context> {
	return buildApplication(root, {
		name: 'parfocal',
		versionInfo: { getCurrentVersion: async () => softwareVersion() },
		scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
		documentation: { disableAnsiColor: context.process.env['NO_COLOR'] !== undefined },
		localization: { text: textFor(context, debug) },
		determineExitCode: (error) => exitCodeForError(error, context),
	});
}

/** How to use the command that `inputs` name; the whole program's usage when they name none. */
export function usageLine(app: Application<Context>, inputs: readonly string[]): string {
	let target: RouteMap<Context> | Command<Context> = root;
	const prefix = [app.config.name];
	for (const input of inputs) {
		if (!('getRoutingTargetForInput' in target)) break;
		const next: RouteMap<Context> | Command<Context> | undefined = target.getRoutingTargetForInput(input);
		if (!next) break;
		target = next;
		prefix.push(input);
	}
	return target.formatUsageLine({ prefix, config: app.config.documentation, ansiColor: false });
}
