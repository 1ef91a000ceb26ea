/**
 * Models by name: those that come with the library and those the user has imported.
 * @module
 */
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import {
	ArgumentError,
	createFocusModel,
	DEFAULT_MODEL_NAME,
	type FocusLiteNNDefinition,
	type FocusModel,
	focusLiteNNToSafetensors,
	isParfocalError,
	listShippedModels,
	loadShippedModel,
	metricDefinition,
	metricNames,
	type Pooling,
	type ScoreUnit,
	unknownModel,
	WriteError,
} from '@parfocal/core';
import { modelsFolder } from './models-folder.ts';
import { toReadError } from './read-error.ts';
import { readWeightsFile, type WeightsFacts } from './weights-file.ts';
import { toWriteError } from './write-error.ts';

const EXTENSION = '.safetensors';
const FILE_EXTENSIONS = [EXTENSION, '.pt', '.pth'];
const NAME = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/;

/** What is told of a model in listings. */
export interface ModelSummary {
	readonly name: string;
	readonly source: 'shipped' | 'imported';
	readonly kernels: number;
	readonly pooling: Pooling;
	readonly planes: 'all' | 'luma';
	readonly unit: ScoreUnit;
	readonly licence: string;
	readonly origin: string;
	readonly sha256: string;
	/** All weights and biases. */
	readonly parameters: number;
	readonly calibrated: boolean;
	readonly default: boolean;
}

/** A stored model whose file cannot be used. */
export interface DamagedModel {
	readonly name: string;
	readonly source: 'imported';
	/** What is wrong with it, and what to do. */
	readonly damaged: string;
}

/** How to import. */
export interface ImportOptions extends WeightsFacts {
	/** Replace an imported model of the same name. */
	readonly force?: boolean | undefined;
	/** Folder of imported models; `modelsFolder()` unless told. */
	readonly folder?: string | undefined;
}

/**
 * Imports weights under a name. The file is rewritten as one of our own; the original is not kept.
 * @throws {ArgumentError} when the name cannot be used.
 * @throws {WriteError} when there is such a model already, or it cannot be written.
 * @throws {ReadError | FormatError | ModelError} as `readWeightsFile`.
 */
export async function importModel(file: string, name: string, options: ImportOptions = {}): Promise<ModelSummary> {
	checkModelName(name);
	const definition = await readWeightsFile(file, name, options);
	const folder = options.folder ?? modelsFolder();
	const target = join(folder, name + EXTENSION);
	if (!options.force && (await exists(target))) {
		throw new WriteError(
			target,
			'exists',
			`There is a model '${name}' already. Choose another name, or replace it with --force.`,
		);
	}
	const temporary = join(folder, `.${name}.${process.pid}.part`);
	try {
		await mkdir(folder, { recursive: true });
		await writeFile(temporary, focusLiteNNToSafetensors(definition));
		await rename(temporary, target);
	} catch (error) {
		await rm(temporary, { force: true }).catch(() => undefined);
		throw toWriteError(target, error);
	}
	return summarise(await readWeightsFile(target, name), 'imported');
}

/**
 * All models that can be named: shipped ones, then imported ones, each sorted by name. A file that cannot be used is
 * listed with what is wrong with it.
 * @throws {ReadError} when the folder cannot be read.
 */
export async function listModels(folder: string = modelsFolder()): Promise<(ModelSummary | DamagedModel)[]> {
	const shipped = listShippedModels().map(async (name) => summarise(await loadShippedModel(name), 'shipped'));
	const imported = (await importedNames(folder)).map((name) => summariseFile(join(folder, name + EXTENSION), name));
	return Promise.all([...shipped, ...imported]);
}

async function summariseFile(path: string, name: string): Promise<ModelSummary | DamagedModel> {
	try {
		return summarise(await readWeightsFile(path, name), 'imported');
	} catch (error) {
		if (!isParfocalError(error, 'read', 'format', 'model')) throw error;
		return { name, source: 'imported', damaged: `${error.message} Import it again with --force, or remove ${path}.` };
	}
}

/** The definition of a model by name. @throws {ModelError} when there is none; it lists those there are. */
export async function showModel(
	name: string,
	folder: string = modelsFolder(),
): Promise<ModelSummary & { readonly definition: FocusLiteNNDefinition }> {
	if (listShippedModels().includes(name)) {
		const definition = await loadShippedModel(name);
		return { ...summarise(definition, 'shipped'), definition };
	}
	const imported = await importedNames(folder);
	if (!imported.includes(name)) throw unknownModel(name, [...listShippedModels(), ...imported]);
	const definition = await readWeightsFile(join(folder, name + EXTENSION), name);
	return { ...summarise(definition, 'imported'), definition };
}

/**
 * The model a user names: a shipped or imported model, a metric, or a weights file. The default model when nothing is named.
 * @throws {ModelError} when no model has that name; it lists those there are.
 * @throws {ReadError | FormatError | ModelError} as `readWeightsFile`, for a file.
 */
export async function resolveModel(
	nameOrFile: string | undefined,
	options: { readonly cwd?: string; readonly folder?: string } = {},
): Promise<FocusModel> {
	const named = nameOrFile ?? DEFAULT_MODEL_NAME;
	const path = resolve(options.cwd ?? '.', named);
	if (looksLikeFile(named)) return createFocusModel(await readWeightsFile(path, fileStem(path)));
	if (metricNames().includes(named)) return createFocusModel(await metricDefinition(named));
	// A shipped model never depends on the user's folder: that may not be readable.
	const shipped = listShippedModels();
	const known = shipped.includes(named)
		? shipped
		: [...shipped, ...(await importedNames(options.folder ?? modelsFolder()))];
	if (!known.includes(named)) throw unknownModel(named, [...known, ...metricNames()]);
	return createFocusModel((await showModel(named, options.folder)).definition);
}

function looksLikeFile(nameOrFile: string): boolean {
	return /[/\\]/.test(nameOrFile) || FILE_EXTENSIONS.includes(extname(nameOrFile).toLowerCase());
}

function fileStem(path: string): string {
	return basename(path, extname(path));
}

/** Checks that an imported model may have this name. @throws {ArgumentError} when it cannot */
export function checkModelName(name: string): void {
	if (!NAME.test(name) || looksLikeFile(name)) {
		throw new ArgumentError(
			'name',
			`'${name}' cannot be a model's name: use up to 64 small letters, digits, '.', '_' and '-', and no file ending.`,
		);
	}
	if ([...listShippedModels(), ...metricNames()].includes(name)) {
		throw new ArgumentError('name', `'${name}' is the name of a model that comes with Parfocal. Choose another.`);
	}
}

async function importedNames(folder: string): Promise<string[]> {
	try {
		const files = await readdir(folder);
		return files
			.filter((file) => file.endsWith(EXTENSION) && !file.startsWith('.'))
			.map((file) => file.slice(0, -EXTENSION.length))
			.sort();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw toReadError(folder, error);
	}
}

async function exists(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		() => false,
	);
}

function summarise(definition: FocusLiteNNDefinition, source: ModelSummary['source']): ModelSummary {
	const { name, kernels, pooling, planes, unit, licence, origin, sha256, convWeight, convBias, head } = definition;
	const parameters = head.reduce(
		(sum, { weight, bias }) => sum + weight.length + bias.length,
		convWeight.length + convBias.length,
	);
	const calibrated = definition.calibration !== undefined;
	return {
		name,
		source,
		kernels,
		pooling,
		planes,
		unit,
		licence,
		origin,
		sha256,
		parameters,
		calibrated,
		default: name === DEFAULT_MODEL_NAME,
	};
}
