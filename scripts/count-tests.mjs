// Adds up vitest's JSON reports and closes with "N passed, N failed". Plain JavaScript: it also runs on the system's Node.
// usage: node scripts/count-tests.mjs BROKEN_STEPS REPORT…
import { existsSync, readFileSync } from 'node:fs';

const [brokenSteps, ...reports] = process.argv.slice(2);
let passed = 0;
let failed = 0;
const skipped = [];
for (const path of reports) {
	// A run that died before its report shows in the broken steps.
	if (!existsSync(path)) continue;
	const report = JSON.parse(readFileSync(path, 'utf8'));
	passed += report.numPassedTests;
	failed += report.numFailedTests;
	for (const file of report.testResults) {
		for (const test of file.assertionResults) {
			if (test.status !== 'passed' && test.status !== 'failed') skipped.push(test.fullName);
		}
	}
}
for (const name of skipped) console.log(`skipped: ${name}`);
// Failed tests break their step too: count them once.
failed = Math.max(failed, Number(brokenSteps));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
