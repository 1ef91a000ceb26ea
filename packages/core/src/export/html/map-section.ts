/**
 * The map in the report: thumbnail, coloured places, worst regions, sliders.
 * @module
 */
import type { Assessment, WorstRegion } from '../../assessment.ts';
import { type FocusMap, VALIDITY } from '../../map/focus-map.ts';
import { scaleBar } from '../scale.ts';
import { formatNumber, formatValue, unitWords } from '../words.ts';
import { imageUri } from './data-uri.ts';
import { histogram } from './histogram.ts';
import { type Html, html, trusted } from './html.ts';
import type { ReportData } from './report-data.ts';

const HATCHED = [
	[VALIDITY.littleTexture, 'Too little texture to judge', 'M-2 12L12 -2M4 16L18 2M12 16L26 2'],
	[VALIDITY.penMark, 'Pen mark', 'M-2 2L12 16M6 -2L22 14M14 -2L26 10'],
	[VALIDITY.unreadable, 'Could not be read', 'M-2 12L12 -2M4 16L18 2M12 16L26 2M-2 2L12 16M6 -2L22 14M14 -2L26 10'],
] as const;

/** The map over the thumbnail, with sliders, histogram and legend. */
export function mapSection(assessment: Assessment, map: FocusMap, data: ReportData, thumbnail: Uint8Array): Html {
	const { slide } = assessment;
	const tall = slide.heightPx > slide.widthPx * 1.15;
	const [across, down] = thumbnailSize(slide);
	return html`<section aria-labelledby="map-title">
<h2 id="map-title">Where it is blurry</h2>
<div class="map${tall && ' tall'}">
<figure>
<div class="stage">
<img src="${trusted(imageUri(thumbnail))}" width="${across}" height="${down}" alt="The slide, whole">
<div class="layer"><canvas id="map-canvas" role="img" aria-label="Focus map over the slide"></canvas></div>
<svg class="layer" viewBox="0 0 ${slide.widthPx} ${slide.heightPx}" role="group" aria-label="Worst regions on the slide">
${assessment.worstRegions.map((region) => regionBox(region, assessment))}
${scale(assessment)}
</svg>
</div>
<figcaption>Coloured places are at or beyond the threshold. A value every ${map.stepPx} px, each from a window of ${map.windowPx} px.${assessment.map.note && ` ${assessment.map.note}`}</figcaption>
<noscript><p class="hint">The overlay and the sliders need JavaScript. The same map is in <a href="map.png">map.png</a>.</p></noscript>
</figure>
<div>
${map.validity.includes(VALIDITY.assessable) ? controls(assessment, map, data) : html`<p>No tissue could be judged, so there is nothing to colour.</p>`}
<ul class="hatches">
${HATCHED.filter(([code]) => map.validity.includes(code)).map(
	([, label, path]) => html`<li>${hatch(path)}${label}</li>`,
)}</ul>
</div>
</div>
</section>`;
}

function controls(assessment: Assessment, map: FocusMap, data: ReportData): Html {
	const { thresholds } = assessment.map;
	const start = thresholds ? data.stops.indexOf(thresholds.slight) : 0;
	const steps = [
		{ label: 'All', stop: 0 },
		...(thresholds
			? (['slight', 'clear', 'strong'] as const).map((name) => ({
					label: `${name.charAt(0).toUpperCase()}${name.slice(1)} ${formatNumber(thresholds[name])}`,
					stop: data.stops.indexOf(thresholds[name]),
				}))
			: []),
	];
	const first = data.stops[start] ?? 0;
	return html`<div id="controls" hidden>
<p class="answer"><strong id="share"></strong><strong id="area"></strong><span>of the tissue that could be judged is at or beyond the threshold</span></p>
<p id="live" class="skip" aria-live="polite"></p>
<div class="control">
<label for="threshold"><span>Threshold</span><output id="threshold-value" for="threshold">${formatValue(first, map.unit)}</output></label>
<input type="range" id="threshold" min="0" max="${data.stops.length - 1}" step="1" value="${start}">
<div class="steps" role="group" aria-label="Thresholds of the policy">${steps.map(
		({ label, stop }) => html`<button type="button" data-stop="${stop}" aria-pressed="false">${label}</button>`,
	)}</div>
</div>
<div class="control">
<label for="opacity"><span>Opacity</span><output id="opacity-value" for="opacity">80 %</output></label>
<input type="range" id="opacity" min="0" max="100" step="5" value="80">
</div>
</div>
<h3>Tissue by ${unitWords[map.unit].axis}</h3>
${histogram(assessment, map, data)}
<p class="hint">Heights grow with the square root of the area, so that small parts can be seen.</p>`;
}

function regionBox({ rank, rect, value }: WorstRegion, { slide, map }: Assessment): Html {
	// In slide pixels: the drawing is as wide as the slide.
	const size = Math.max(slide.widthPx, slide.heightPx) / 34;
	const top = rect.y >= size ? rect.y - size : rect.y + rect.heightPx;
	const box = `x="${rect.x}" y="${rect.y}" width="${rect.widthPx}" height="${rect.heightPx}"`;
	return html`<a href="#region-${rank}" aria-label="Worst region ${rank}, ${formatValue(value, map.unit)}">
<rect class="halo" ${trusted(box)}/><rect class="box" ${trusted(box)}/>
<rect class="rank" x="${rect.x}" y="${top}" width="${size * (0.7 + 0.45 * (String(rank).length - 1))}" height="${size}" rx="${size * 0.15}"/>
<text x="${rect.x + size * (0.35 + 0.22 * (String(rank).length - 1))}" y="${top + size * 0.76}" font-size="${size * 0.72}" text-anchor="middle">${rank}</text></a>
`;
}

function scale({ slide }: Assessment): Html {
	const bar = scaleBar(slide.widthPx / 5, slide.mpp?.x);
	const unit = Math.max(slide.widthPx, slide.heightPx) / 60;
	const left = unit;
	const y = slide.heightPx - unit * 1.1;
	return html`<rect class="scale-paper" x="${left - unit / 2}" y="${y - unit * 2.1}" width="${bar.lengthPx + unit}" height="${unit * 2.7}" rx="${unit / 4}"/>
<path class="scale" d="M${left} ${y - unit / 3}V${y}H${left + bar.lengthPx}V${y - unit / 3}"/>
<text class="scale-text" x="${left + bar.lengthPx / 2}" y="${y - unit * 0.55}" font-size="${unit * 1.2}" text-anchor="middle">${bar.label}</text>`;
}

function hatch(path: string): Html {
	return html`<svg viewBox="0 0 22 14" aria-hidden="true"><path d="${path}" stroke="#464a52" stroke-width="2" fill="none"/></svg>`;
}

/** The page keeps this shape free while the picture loads. */
function thumbnailSize({ widthPx, heightPx }: Assessment['slide']): readonly [number, number] {
	const fit = 1000 / Math.max(widthPx, heightPx);
	return [Math.max(Math.round(widthPx * fit), 1), Math.max(Math.round(heightPx * fit), 1)];
}
