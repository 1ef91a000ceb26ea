/**
 * A comparison as one HTML page that needs nothing else: tables that sort, pictures, what must be known to read them.
 * @module
 */
import type { ComparisonPicture } from './comparison-figures.ts';
import { escapeHtml, type Table, tableHtml } from './table.ts';

/** What a page is made of. */
export interface ResultsPage {
	readonly title: string;
	/** Sentences at its head. */
	readonly lead: readonly string[];
	readonly tables: readonly Table[];
	readonly figures: readonly ComparisonPicture[];
}

/** The page. */
export function resultsPage({ title, lead, tables, figures }: ResultsPage): string {
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<main>
<h1>${escapeHtml(title)}</h1>
${lead.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join('\n')}
<nav aria-label="contents"><ul>
${[...tables, ...figures].map(({ id, title: own }) => `<li><a href="#${id}">${escapeHtml(own)}</a></li>`).join('\n')}
</ul></nav>
${tables.map(tableHtml).join('\n')}
${figures.map(figureHtml).join('\n')}
</main>
<script>${SCRIPT}</script>
</html>
`;
}

/** Ids within a picture are made its own: a page holds several. */
function figureHtml({ id, title, svg }: ComparisonPicture): string {
	const own = svg
		.replaceAll('id="title"', `id="${id}-title"`)
		.replaceAll('id="description"', `id="${id}-description"`)
		.replace('aria-labelledby="title description"', `aria-labelledby="${id}-title ${id}-description"`);
	return `<section aria-labelledby="${id}"><h2 id="${id}">${escapeHtml(title)}</h2><div class="scroll" tabindex="0" role="region" aria-label="picture">\n${own}</div></section>`;
}

const STYLE = `
body{font:15px/1.45 system-ui,sans-serif;color:#1a1a1a;background:#fff;margin:0}
main{max-width:1200px;margin:0 auto;padding:1.5rem}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2.2rem}
p{max-width:75ch}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .6rem;border-bottom:1px solid #ddd;text-align:right;white-space:nowrap}
tbody th,thead th:first-child{text-align:left;font-weight:500}
#training~div td,#left-out~div td{text-align:left;white-space:normal}
thead th{position:sticky;top:0;background:#fff;border-bottom:2px solid #555}
thead button{font:inherit;font-weight:600;border:0;background:none;cursor:pointer;padding:.2rem}
thead button:focus-visible,a:focus-visible,.scroll:focus-visible{outline:3px solid #0072b2;outline-offset:1px}
th[aria-sort=ascending] button::after{content:" \\2191"}
th[aria-sort=descending] button::after{content:" \\2193"}
tbody tr:hover{background:#f2f6fa}
svg{max-width:100%;height:auto}
`;

/** Sorts a table by the column whose button is pressed: numbers by size, names by letter, empty cells last. */
const SCRIPT = `
for (const button of document.querySelectorAll('thead button')) button.addEventListener('click', () => {
  const head = button.closest('th'), table = head.closest('table'), body = table.tBodies[0];
  const column = [...head.parentElement.children].indexOf(head);
  const down = head.getAttribute('aria-sort') !== 'descending';
  for (const other of head.parentElement.children) other.setAttribute('aria-sort', 'none');
  head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  const keyOf = (row) => row.children[column].dataset.value ?? row.children[column].textContent;
  const isEmpty = (key) => key === '' || key === '\\u2013';
  const compare = (a, b) => isEmpty(a) - isEmpty(b) || (down ? -1 : 1) *
    (Number.isNaN(Number(a)) || Number.isNaN(Number(b)) ? a.localeCompare(b) : Number(a) - Number(b));
  body.append(...[...body.rows].sort((a, b) => compare(keyOf(a), keyOf(b))));
});
`;
