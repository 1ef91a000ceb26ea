import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Pages are built from the sources; everything they need lies beside them, and nothing is fetched from elsewhere. */
export default defineConfig({
	root: fileURLToPath(new URL('.', import.meta.url)),
	base: './',
	resolve: { conditions: ['source', 'module', 'browser', 'default'] },
	oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
	build: {
		outDir: 'dist',
		target: 'es2023',
		rolldownOptions: { input: fileURLToPath(new URL('train.html', import.meta.url)) },
	},
	server: { host: '127.0.0.1' },
	preview: { host: '127.0.0.1' },
});
