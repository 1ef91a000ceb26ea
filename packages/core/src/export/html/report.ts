/**
 * `report.html`: the assessment as one page that needs nothing else: no network, no other file. It opens from a disk, a
 * mail or a web server alike, and its content security policy forbids everything that is not in it.
 * @module
 */
import type { Assessment } from '../../assessment.ts';
import type { FocusMap } from '../../map/focus-map.ts';
import { outcomeWords, unitWords } from '../words.ts';
import { base64 } from './data-uri.ts';
import { factsSection, filesSection } from './facts-section.ts';
import { html, jsonInScript, trusted } from './html.ts';
import { mapSection } from './map-section.ts';
import { type ReportRegion, regionsSection } from './regions-section.ts';
import { reportClient } from './report-client.ts';
import { reportData } from './report-data.ts';
import { REPORT_STYLE } from './report-style.ts';
import { focusSection, verdictBanner } from './verdict-section.ts';

/** What the report is made from. */
export interface ReportInput {
	readonly assessment: Assessment;
	readonly map: FocusMap;
	/** The whole slide as a JPEG or PNG file. */
	readonly thumbnailJpeg: Uint8Array;
	/** Pictures of worst regions; a region without any is listed in words. */
	readonly regions: readonly ReportRegion[];
}

/**
 * The page as text. The same input gives the same bytes; size is bounded by the pictures given plus about half a megabyte.
 * @example
 * ```ts
 * const page = await reportHtml({ assessment, map, thumbnailJpeg, regions: [] });
 * ```
 */
export async function reportHtml({ assessment, map, thumbnailJpeg, regions }: ReportInput): Promise<string> {
	const data = reportData(assessment, map, unitWords[map.unit].symbol);
	const script = `(${reportClient.toString()})();`;
	const policy = [
		"default-src 'none'",
		'img-src data:',
		`style-src '${await cspHash(REPORT_STYLE)}'`,
		`script-src '${await cspHash(script)}'`,
		"base-uri 'none'",
		"form-action 'none'",
	].join('; ');
	const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${assessment.provenance.software}">
<meta name="referrer" content="no-referrer">
<title>${outcomeWords[assessment.outcome]}: ${assessment.slide.name}</title>
<style>${trusted(REPORT_STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the map</a>
${verdictBanner(assessment)}
<main id="main">
${focusSection(assessment, map, data.assessableMm2)}
${mapSection(assessment, map, data, thumbnailJpeg)}
${regionsSection(assessment, regions)}
${factsSection(assessment)}
${filesSection()}
</main>
<footer><p>Written by ${assessment.provenance.software}. Values are estimates from the pixels; the decision is yours.</p></footer>
<script type="application/json" id="report-data">${jsonInScript(data)}</script>
<script>${trusted(script)}</script>
</body>
</html>
`;
	return page.html;
}

/** A source expression that allows exactly this text (CSP Level 3, §2.3.1). */
async function cspHash(text: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
	return `sha256-${base64(new Uint8Array(digest))}`;
}
