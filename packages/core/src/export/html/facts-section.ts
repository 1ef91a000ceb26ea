/**
 * Tables at the end of the report: the slide, the tissue, where the numbers come from, the files beside it.
 * @module
 */
import type { Assessment } from '../../assessment.ts';
import { OUTPUT_FILES } from '../output-files.ts';
import { formatNumber, formatPercent } from '../words.ts';
import { type Html, type HtmlPart, html } from './html.ts';

type Row = readonly [name: string, value: HtmlPart];

const MPP_SOURCES: Readonly<Record<string, string>> = {
	tag: "from the slide's header",
	user: 'given by the user',
	estimated: 'estimated from the objective',
};

/** Slide, tissue and provenance as tables, with warnings. */
export function factsSection({ slide, tissue, tiles, provenance }: Assessment): Html {
	const mpp = slide.mpp
		? `${formatNumber(slide.mpp.x, 4)} × ${formatNumber(slide.mpp.y, 4)} µm, ${MPP_SOURCES[slide.mpp.source] ?? slide.mpp.source}`
		: 'unknown: areas are left out';
	const slideRows: Row[] = [
		['Name', slide.name],
		['Size', `${slide.widthPx} × ${slide.heightPx} px`],
		['Pixel size', mpp],
		['Objective', slide.objectivePower === undefined ? 'unknown' : `${formatNumber(slide.objectivePower)}×`],
		['Format', slide.format],
		['Vendor', slide.vendor],
		['Tiles', `${tiles.total}, ${tiles.measured} measured, ${tiles.unreadable} unreadable`],
	];
	const tissueRows: Row[] = [
		['Found by', tissue.source === 'detected' ? 'Parfocal' : 'region of interest given by the user'],
		...(tissue.areaMm2 === undefined ? [] : [['Area', `${formatNumber(tissue.areaMm2)} mm²`] as const]),
		['Of the slide', formatPercent(tissue.fraction)],
		['Assessable', `${formatPercent(tissue.assessableFraction)} of the tissue`],
		['Too little texture', `${formatPercent(tissue.littleTextureFraction)} of the tissue`],
		['Pen marks', `${formatPercent(tissue.penMarkFraction)} of the tissue`],
	];
	const { model, calibration, policy } = provenance;
	const sourceRows: Row[] = [
		['Software', provenance.software],
		['Model', html`${model.name} <code>${model.sha256.slice(0, 12)}</code>`],
		['Model origin', `${model.origin}, licence ${model.licence}`],
		...(calibration
			? [['Calibration', html`${calibration.name} <code>${calibration.sha256.slice(0, 12)}</code>`] as const]
			: []),
		['Policy', html`${policy.name} <code>${policy.sha256.slice(0, 12)}</code>`],
		['Mode', provenance.mode],
		['Reader', provenance.reader],
		['Settings', html`<code>${provenance.settingsSha256.slice(0, 12)}</code>`],
	];
	return html`<section aria-labelledby="facts-title">
<h2 id="facts-title">Facts</h2>
<div class="facts">
${table('Slide', slideRows)}
${table('Tissue', tissueRows)}
${table('Where the numbers come from', sourceRows)}
</div>
${notes('Tiles that could not be read', tiles.examples)}
${notes('Warnings', provenance.warnings)}
</section>`;
}

/** Links to the files beside the report. */
export function filesSection(): Html {
	const others = Object.entries(OUTPUT_FILES).filter(([name]) => name !== 'report.html');
	return html`<section aria-labelledby="files-title">
<h2 id="files-title">Files beside this report</h2>
<ul class="files">
${others.map(([name, what]) => html`<li><a href="${name}">${name}</a><span>${what}</span></li>\n`)}</ul>
</section>`;
}

function table(title: string, rows: readonly Row[]): Html {
	return html`<div><h3>${title}</h3><table><tbody>
${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>\n`)}</tbody></table></div>`;
}

function notes(title: string, sentences: readonly string[]): Html {
	if (sentences.length === 0) return html``;
	return html`<h3>${title}</h3><ul class="plain">${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}
