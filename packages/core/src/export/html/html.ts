/**
 * HTML by template: whatever is put in is escaped, unless it is HTML already.
 * @module
 */

/** A piece of HTML that is safe to put into another. */
export interface Html {
	readonly html: string;
}

/** What a template takes: text and numbers are escaped, nothing and false leave no trace, lists are joined. */
export type HtmlPart = string | number | Html | undefined | false | readonly HtmlPart[];

/**
 * A template that escapes.
 * @example
 * ```ts
 * html`<b title="${name}">${name}</b>`; // name may be `<script>`
 * ```
 */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
	let text = strings[0]!;
	for (const [i, part] of parts.entries()) text += render(part) + strings[i + 1]!;
	return { html: text };
}

/** Marks text as HTML. Only for text this module's neighbours wrote themselves. */
export function trusted(text: string): Html {
	return { html: text };
}

/** A value as JSON inside a `<script type="application/json">`: no `<` can end the element. */
export function jsonInScript(value: unknown): Html {
	return { html: JSON.stringify(value).replace(/</g, '\\u003c') };
}

/** Text for element content and quoted attributes. Characters that HTML forbids or that hide text are replaced. */
export function escapeHtml(text: string): string {
	return text
		.toWellFormed()
		.replace(HIDING, (character) => (WHITE_SPACE.includes(character) ? character : '\ufffd'))
		.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Controls, and the marks that reorder text (Unicode UAX #9), which could disguise a name. */
const HIDING = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const WHITE_SPACE = '\t\n\r';

function render(part: HtmlPart): string {
	if (part === undefined || part === false) return '';
	if (typeof part === 'string') return escapeHtml(part);
	if (typeof part === 'number') return String(part);
	if ('html' in part) return part.html;
	return part.map(render).join('');
}
