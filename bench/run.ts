/**
 * `npm run bench [NAME…]`: runs `bench/<name>/bench.ts` and writes its Markdown to `bench/<name>/RESULTS.md`.
 * @module
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';

const folder = new URL('.', import.meta.url);
const all = readdirSync(folder, { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/bench.ts`, folder)))
	.map((entry) => entry.name)
	.toSorted();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
	console.error(`No benchmark named ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
	process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : all) {
	console.error(`bench/${name} …`);
	const module: { run(): Promise<string> } = await import(new URL(`${name}/bench.ts`, folder).href);
	const markdown = await module.run();
	writeFileSync(new URL(`${name}/RESULTS.md`, folder), `${markdown.trim()}\n`);
	console.log(markdown);
}
