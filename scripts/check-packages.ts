// Checks the packages as users get them: publint, then packed, installed in an empty folder, imported and run.
// Run after `npm run build`.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

interface Manifest {
	readonly name: string;
	readonly version: string;
	/** Pages are built and served, not installed. */
	readonly private?: boolean;
}

const root = join(import.meta.dirname, '..');
const folders = readdirSync(join(root, 'packages'))
	.map((name) => join(root, 'packages', name))
	.filter((folder) => !manifestOf(folder).private);

/** Runs a command, shows what it said only when it fails. */
function run(command: string, args: readonly string[], cwd: string): string {
	try {
		return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
	} catch (error) {
		const { stdout, stderr } = error as { stdout?: string; stderr?: string };
		throw new Error(`${command} ${args.join(' ')} failed:\n${stdout ?? ''}${stderr ?? ''}`, { cause: error });
	}
}

function manifestOf(folder: string): Manifest {
	return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

async function lint(folder: string): Promise<number> {
	const manifest = manifestOf(folder);
	const { messages } = await publint({ pkgDir: folder, pack: 'npm', strict: true });
	for (const message of messages) console.error(`${manifest.name}: ${formatMessage(message, manifest)}`);
	return messages.length;
}

/** Packs a workspace and returns the tarball's path. */
function pack(folder: string, destination: string): string {
	const output = run('npm', ['pack', '--json', '--pack-destination', destination], folder);
	const [packed] = JSON.parse(output) as [{ filename: string; files: { path: string }[] }];
	const paths = packed.files.map((file) => file.path);
	for (const needed of ['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts']) {
		if (!paths.includes(needed)) throw new Error(`${packed.filename} lacks ${needed}`);
	}
	const strays = paths.filter((path) => /\.test\.|\/testing\/|tsbuildinfo|^src\//.test(path));
	if (strays.length > 0) throw new Error(`${packed.filename} carries ${strays.join(', ')}`);
	return join(destination, packed.filename);
}

/** Installs the tarballs and uses them as a user would. */
function tryOut(tarballs: readonly string[], folder: string): void {
	const dependencies = Object.fromEntries(tarballs.map((path, i) => [manifestOf(folders[i]!).name, `file:${path}`]));
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
	const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund'];
	try {
		run('npm', [...install, '--offline'], folder);
	} catch {
		// A cache without the dependencies: ask the registry.
		run('npm', [...install, '--prefer-offline'], folder);
	}
	for (const name of Object.keys(dependencies)) {
		const script = `console.log(Object.keys(await import('${name}')).length)`;
		const exported = run(process.execPath, ['--input-type=module', '--eval', script], folder);
		console.log(`${name}: ${exported.trim()} exports`);
	}
	const program = join(folder, 'node_modules', 'parfocal', 'dist', 'main.js');
	if (!run(process.execPath, [program, '--help'], folder).includes('scan'))
		throw new Error('parfocal --help says nothing');
	const bin = join(folder, 'node_modules', '.bin', 'parfocal');
	if (!existsSync(bin)) throw new Error('the package parfocal installs no command');
	console.log(`parfocal ${run(process.execPath, [program, 'version'], folder).trim()} runs`);
}

const scratch = mkdtempSync(join(tmpdir(), 'parfocal-packages-'));
try {
	let problems = 0;
	for (const folder of folders) problems += await lint(folder);
	if (problems > 0) throw new Error(`publint: ${problems} problems`);
	tryOut(
		folders.map((folder) => pack(folder, scratch)),
		scratch,
	);
} finally {
	rmSync(scratch, { recursive: true, force: true });
}
