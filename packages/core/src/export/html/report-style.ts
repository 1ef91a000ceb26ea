/**
 * The report's style sheet. Text has a contrast of at least 4.5 in both colour schemes (WCAG 2.2, 1.4.3).
 * @module
 */

/** CSS of the page. */
export const REPORT_STYLE: string = `
:root {
	color-scheme: light dark;
	--paper: #ffffff; --sheet: #f5f6f8; --ink: #1c2026; --soft: #59606b; --rule: #dcdfe5; --accent: #1f5fbf;
	--pass: #006e54; --review: #855a00; --rescan: #b03a00; --not-assessable: #565c66; --region: #c8146e; --bar: #8a919e;
}
@media (prefers-color-scheme: dark) {
	:root {
		--paper: #1b1e24; --sheet: #121418; --ink: #e9ebef; --soft: #a3abb8; --rule: #343a44; --accent: #8ab4f8;
		--bar: #7d8694;
	}
}
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
body { margin: 0; background: var(--sheet); color: var(--ink); }
main, header > div, footer { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 16px; background: var(--paper); padding: 8px 16px; z-index: 9; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
a { color: var(--accent); }
h1 { font-size: 1.05rem; font-weight: 500; color: var(--soft); margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 0 0 14px; }
h3 { font-size: 1rem; margin: 0 0 8px; }
header { background: var(--paper); border-bottom: 1px solid var(--rule); padding: 26px 0 24px; margin-bottom: 22px; }
.verdict { display: flex; flex-wrap: wrap; align-items: center; gap: 10px 20px; margin: 12px 0 0; }
.badge { display: inline-flex; align-items: center; gap: 12px; color: #fff; font-size: 1.5rem; font-weight: 650;
	padding: 8px 20px 8px 14px; border-radius: 8px; background: var(--not-assessable); }
.badge svg { width: 30px; height: 30px; }
.verdict p { font-size: 1.15rem; margin: 0; flex: 1 1 24rem; }
[data-outcome="pass"] { background: var(--pass); }
[data-outcome="review"] { background: var(--review); }
[data-outcome="rescan"] { background: var(--rescan); }
[data-outcome="not-assessable"], [data-outcome="note"] { background: var(--not-assessable); }
.reasons { list-style: none; padding: 0; margin: 18px 0 0; display: grid; gap: 8px; }
.reasons li { display: flex; gap: 12px; align-items: baseline; }
.chip { flex: 0 0 auto; min-width: 7.2rem; text-align: center; color: #fff; font-size: .78rem; font-weight: 600;
	padding: 2px 9px; border-radius: 99px; }
section { background: var(--paper); border: 1px solid var(--rule); border-radius: 10px; padding: 20px 22px; margin-bottom: 20px; }
.shares { display: block; height: 30px; border-radius: 6px; margin: 0 0 14px; width: 100%; border: 1px solid var(--bar); }
.keys { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px 20px; margin: 0; }
.keys div { display: grid; grid-template-columns: 16px 1fr; column-gap: 9px; }
.keys svg { width: 15px; height: 15px; margin-top: 5px; border: 1px solid var(--bar); border-radius: 3px; }
.keys dt { color: var(--soft); font-size: .88rem; }
.keys dd { grid-column: 2; margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.keys small { font-weight: 400; color: var(--soft); font-size: .85rem; }
.map { display: grid; grid-template-columns: minmax(0, 1fr) 320px; gap: 24px; align-items: start; }
.map.tall { grid-template-columns: minmax(0, 560px) minmax(280px, 1fr); }
@media (max-width: 860px) { .map, .map.tall { grid-template-columns: minmax(0, 1fr); } }
figure { margin: 0; }
.stage { position: relative; border: 1px solid var(--rule); border-radius: 6px; overflow: hidden; background: #fff; }
.stage img { display: block; width: 100%; height: auto; }
.stage .layer { position: absolute; inset: 0; width: 100%; height: 100%; overflow: hidden; }
.stage canvas { position: absolute; image-rendering: pixelated; }
.stage .box { fill: none; stroke: var(--region); stroke-width: 2.5; vector-effect: non-scaling-stroke; }
.stage .halo { fill: none; stroke: #fff; stroke-width: 5; vector-effect: non-scaling-stroke; }
.stage a:hover .box, .stage a:focus .box { stroke-width: 5; }
.stage .rank { fill: var(--region); }
.stage text { fill: #fff; font-weight: 700; font-family: system-ui, sans-serif; }
.stage .scale { stroke: #1c2026; stroke-width: 2.5; vector-effect: non-scaling-stroke; fill: none; }
.stage .scale-paper { fill: #fff; opacity: .82; }
.stage .scale-text { fill: #1c2026; font-weight: 600; }
figcaption, .hint { color: var(--soft); font-size: .88rem; margin: 8px 0 0; }
.control { margin: 0 0 18px; }
.control label { display: flex; justify-content: space-between; font-weight: 600; font-size: .95rem; }
.control output { font-variant-numeric: tabular-nums; }
input[type="range"] { width: 100%; margin: 8px 0; accent-color: var(--accent); }
.steps { display: flex; flex-wrap: wrap; gap: 8px; }
button { font: inherit; font-size: .88rem; padding: 4px 12px; border: 1px solid var(--bar); border-radius: 99px;
	background: transparent; color: var(--ink); cursor: pointer; }
button[aria-pressed="true"] { background: var(--ink); color: var(--paper); border-color: var(--ink); }
.answer { border-left: 4px solid var(--accent); padding: 2px 0 2px 14px; margin: 0 0 20px; }
.answer strong { font-size: 1.8rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.answer #area { font-size: 1.15rem; font-weight: 500; margin-left: 10px; }
.answer span { display: block; color: var(--soft); font-size: .88rem; }
.chart { width: 100%; max-width: 480px; height: auto; display: block; background: #fff; border: 1px solid var(--rule); border-radius: 6px; }
.chart text { fill: #59606b; font: 11.5px system-ui, sans-serif; }
.chart .name { fill: #1c2026; font-weight: 600; }
.chart .axis { stroke: #8a919e; stroke-width: 1; }
.chart .limit { stroke: #1c2026; stroke-width: 1.2; stroke-dasharray: 4 3; }
.chart rect.below { opacity: .28; }
.hatches { list-style: none; padding: 0; margin: 12px 0 0; display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: .88rem; color: var(--soft); }
.hatches svg { width: 22px; height: 14px; vertical-align: -2px; margin-right: 7px; border: 1px solid var(--rule); background: #fff; }
.regions { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 500px), 1fr)); gap: 20px; padding: 0; margin: 0; list-style: none; }
.regions li { border: 1px solid var(--rule); border-radius: 8px; padding: 14px; scroll-margin-top: 16px; }
.regions li:target { outline: 3px solid var(--region); }
.regions .number { display: inline-block; min-width: 1.6em; text-align: center; background: var(--region); color: #fff; border-radius: 5px; margin-right: 8px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
.pair img { width: 100%; height: auto; display: block; border-radius: 4px; border: 1px solid var(--rule); background: #fff; }
.none { border: 1px dashed var(--rule); border-radius: 4px; display: grid; place-items: center; color: var(--soft); font-size: .88rem; padding: 12px; text-align: center; aspect-ratio: 1; }
.facts ~ h3 { margin-top: 20px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); gap: 26px; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th { text-align: left; font-weight: 500; color: var(--soft); padding: 5px 14px 5px 0; vertical-align: top; width: 40%; }
td { padding: 5px 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
tr + tr { border-top: 1px solid var(--rule); }
code { font: .85em ui-monospace, SFMono-Regular, Consolas, monospace; }
.files { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); gap: 8px 26px; list-style: none; margin: 0; padding: 0; font-size: .92rem; }
.files span { color: var(--soft); display: block; }
ul.plain { margin: 0; padding-left: 1.2em; font-size: .92rem; }
footer { color: var(--soft); font-size: .85rem; padding-bottom: 32px; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print {
	:root { --paper: #fff; --sheet: #fff; --ink: #1c2026; --soft: #59606b; --rule: #dcdfe5; }
	html { font-size: 12px; }
	* { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
	section, .regions li { break-inside: avoid; border-color: #ccc; }
	.control, .skip, section:has(> .files) { display: none; }
	.regions { grid-template-columns: 1fr 1fr; }
	.pair { break-inside: avoid; }
	.map { grid-template-columns: minmax(0, 1fr) 220px; }
}
`;
