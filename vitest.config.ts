import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

// Tests run on the sources: the `source` condition of each package's exports points there.
const conditions = ['source'];

export default defineConfig({
	test: {
		projects: [
			{
				resolve: { conditions },
				ssr: { resolve: { conditions, externalConditions: conditions } },
				test: {
					name: 'node',
					include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
					exclude: ['**/*.browser.test.ts', '**/node_modules/**', '**/dist/**'],
					testTimeout: 30_000,
					// V8 loses track of WebAssembly's pages when threads come and go (nodejs/node#64500): rarely, and fatally.
					execArgv: ['--conditions=source', '--no-memory-protection-keys'],
					maxWorkers: 2,
				},
			},
			{
				resolve: { conditions },
				test: {
					name: 'browser',
					include: ['packages/{core,lab}/src/**/*.browser.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({
							launchOptions: {
								executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
								args: [
									'--no-sandbox',
									'--disable-gpu',
									'--disable-background-networking',
									'--disable-component-update',
									'--disable-sync',
								],
							},
						}),
						instances: [{ browser: 'chromium' }],
					},
				},
			},
		],
	},
});
