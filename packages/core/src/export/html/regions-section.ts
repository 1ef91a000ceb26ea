/**
 * The worst regions in the report: full-resolution crops, each beside a sharp neighbour.
 * @module
 */
import type { Assessment, WorstRegion } from '../../assessment.ts';
import { formatNumber, formatValue, strengthWords } from '../words.ts';
import { imageUri } from './data-uri.ts';
import { type Html, html, trusted } from './html.ts';

/** Pictures of a worst region, as JPEG or PNG files. */
export interface ReportRegion {
	/** Rank of the region in the assessment. */
	readonly rank: number;
	readonly blurryJpeg: Uint8Array;
	/** Absent when the slide has no sharp place to compare with. */
	readonly sharpJpeg?: Uint8Array;
}

/** Cards of the worst regions, or the statement that there are none. */
export function regionsSection(assessment: Assessment, pictures: readonly ReportRegion[]): Html {
	const { worstRegions } = assessment;
	const none =
		assessment.outcome === 'not-assessable'
			? 'No region was looked for, because the slide could not be judged.'
			: 'No region is out of focus.';
	return html`<section aria-labelledby="regions-title">
<h2 id="regions-title">Worst regions at full resolution</h2>
${
	worstRegions.length === 0
		? html`<p>${none}</p>`
		: html`<ol class="regions">
${worstRegions.map((region) =>
	card(
		region,
		assessment,
		pictures.find(({ rank }) => rank === region.rank),
	),
)}</ol>`
}
</section>`;
}

function card(region: WorstRegion, { map }: Assessment, picture: ReportRegion | undefined): Html {
	const value = formatValue(region.value, map.unit);
	const area = region.areaMm2 === undefined ? '' : `, ${formatNumber(region.areaMm2)}\u00a0mm²`;
	const { x, y, widthPx, heightPx } = region.rect;
	const noNeighbour = html`<div class="none">No sharp tissue nearby to compare with</div>`;
	return html`<li id="region-${region.rank}">
<h3><span class="number">${region.rank}</span>${value}: ${strengthWords[region.strength].toLowerCase()}, ${region.place}${area}</h3>
${
	picture &&
	html`<div class="pair">
<figure>${crop(picture.blurryJpeg, `Worst region ${region.rank}: ${value} out of focus`)}<figcaption>Out of focus</figcaption></figure>
<figure>${picture.sharpJpeg ? crop(picture.sharpJpeg, `Sharp neighbour of region ${region.rank}`) : noNeighbour}<figcaption>Sharp neighbour, for comparison</figcaption></figure>
</div>`
}
<p class="hint">At x ${x}, y ${y}; ${widthPx} × ${heightPx} px of the full resolution.</p>
</li>
`;
}

function crop(file: Uint8Array, label: string): Html {
	return html`<img src="${trusted(imageUri(file))}" alt="${label}">`;
}
