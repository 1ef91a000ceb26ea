/**
 * The top of the report: the outcome, why, and how the tissue divides.
 * @module
 */
import type { Assessment } from '../../assessment.ts';
import { colourFraction, colourRange, focusColour } from '../../map/colour.ts';
import type { FocusMap } from '../../map/focus-map.ts';
import { formatNumber, formatPercent, formatValue, outcomeWords, strengthWords } from '../words.ts';
import { type Html, html, trusted } from './html.ts';

/** Signs of the outcomes, so that colour is not all that tells them apart. */
const SIGNS: Readonly<Record<Assessment['outcome'], string>> = {
	pass: 'M8 17l6 6L25 10',
	review: 'M16 8v11M16 24.4v.2',
	rescan: 'M9 9l14 14M23 9L9 23',
	'not-assessable': 'M8 16h16',
};

/** Banner with the verdict and the reasons as sentences. */
export function verdictBanner({ slide, outcome, sentence, reasons }: Assessment): Html {
	const word = outcomeWords[outcome];
	// The badge says the word already.
	const rest = sentence.startsWith(`${word}: `) ? capitalised(sentence.slice(word.length + 2)) : sentence;
	return html`<header><div>
<h1>Focus of <b>${slide.name}</b></h1>
<div class="verdict">
<span class="badge" data-outcome="${outcome}">${sign(outcome)}${word}</span>
<p>${rest}</p>
</div>
<ul class="reasons" aria-label="Reasons">
${reasons.map((reason) => {
	const label = reason.leadsTo === 'note' ? 'Note' : outcomeWords[reason.leadsTo];
	return html`<li><span class="chip" data-outcome="${reason.leadsTo}">${label}</span><span>${reason.sentence}</span></li>\n`;
})}</ul>
</div></header>`;
}

/** How much of the tissue is how blurry: a bar and its numbers. Nothing when the assessment has no such numbers. */
export function focusSection(
	{ focus, map: { thresholds, unit } }: Assessment,
	map: FocusMap,
	assessableMm2: number | undefined,
): Html {
	if (!focus || !thresholds) return html``;
	const range = colourRange(map);
	const fractions = [focus.inFocusFraction, focus.slightFraction, focus.clearFraction, focus.strongFraction];
	const names = ['In focus', strengthWords.slight, strengthWords.clear, strengthWords.strong];
	// The colour of the middle of each class on the map.
	const bounds = [range.sharp, thresholds.slight, thresholds.clear, thresholds.strong, range.blurry];
	const colours = fractions.map((_, i) => {
		const [low, high] = [colourFraction(bounds[i]!, range), colourFraction(bounds[i + 1]!, range)];
		return `rgb(${focusColour(i === 0 ? low : i === 3 ? high : (low + high) / 2).join(' ')})`;
	});
	const limits = ['', thresholds.slight, thresholds.clear, thresholds.strong].map((limit) =>
		limit === '' ? '' : `from ${formatValue(limit as number, unit)}`,
	);
	let left = 0;
	return html`<section aria-labelledby="focus-title">
<h2 id="focus-title">Assessable tissue by focus</h2>
<svg class="shares" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${fractions.map((fraction, i) => {
		const bar = html`<rect x="${(left * 100).toFixed(3)}" y="0" width="${(fraction * 100).toFixed(3)}" height="4" fill="${colours[i]}"/>`;
		left += fraction;
		return bar;
	})}</svg>
<dl class="keys">
${fractions.map((fraction, i) => {
	const area = assessableMm2 === undefined ? '' : `${formatNumber(fraction * assessableMm2)} mm²`;
	const swatch = html`<svg viewBox="0 0 14 14" aria-hidden="true"><rect width="14" height="14" rx="3" fill="${colours[i]}"/></svg>`;
	return html`<div>${swatch}<dt>${names[i]} ${limits[i]}</dt><dd>${formatPercent(fraction)} <small>${area}</small></dd></div>\n`;
})}</dl>
</section>`;
}

function sign(outcome: Assessment['outcome']): Html {
	const stroke = 'fill="none" stroke="#fff" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"';
	return trusted(
		`<svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="14.4" ${stroke.replace('3.4', '2')}/><path d="${SIGNS[outcome]}" ${stroke}/></svg>`,
	);
}

function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
