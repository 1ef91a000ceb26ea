import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeHtml, html, jsonInScript, trusted } from './html.ts';

/** What a browser shows for escaped text. */
function shown(text: string): string {
	const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
	return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => named[name]!);
}

describe('escapeHtml', () => {
	test('nothing can open an element or leave an attribute', () => {
		expect(escapeHtml(`<img src=x onerror="a('&')">`)).toBe('&lt;img src=x onerror=&quot;a(&#39;&amp;&#39;)&quot;&gt;');
	});

	test('any printable text is shown as it is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				const escaped = escapeHtml(text);
				expect(escaped).not.toMatch(/[<>"']/);
				expect(shown(escaped)).toBe(text);
			}),
		);
	});

	test('any text at all is safe and well-formed', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const escaped = escapeHtml(text);
				expect(escaped).not.toMatch(/[<>"']/);
				expect(escaped.isWellFormed()).toBe(true);
			}),
		);
	});

	test('marks that reorder text are replaced, so that a name cannot disguise itself', () => {
		expect(escapeHtml('slide\u202egnp.svs')).toBe('slide\ufffdgnp.svs');
		expect(escapeHtml('a\u0000b\u0008\u007f\u2067')).toBe('a\ufffdb\ufffd\ufffd\ufffd');
		expect(escapeHtml('a\tb\nc')).toBe('a\tb\nc');
		expect(escapeHtml('\ud800')).toBe('\ufffd');
	});
});

describe('html', () => {
	test('escapes text, keeps HTML, joins lists, drops nothing', () => {
		const name = '<b>';
		const inner = html`<i>${name}</i>`;
		expect(html`${inner}${1.5}${undefined}${false}${[inner, 'a&b', ['c']]}`.html).toBe(
			'<i>&lt;b&gt;</i>1.5<i>&lt;b&gt;</i>a&amp;bc',
		);
	});

	test('keeps empty text and zero', () => {
		expect(html`<td>${''}</td><td>${0}</td>`.html).toBe('<td></td><td>0</td>');
	});

	test('trusted text goes in as it is', () => {
		expect(html`<style>${trusted('a > b {}')}</style>`.html).toBe('<style>a > b {}</style>');
	});
});

describe('jsonInScript', () => {
	test('cannot end the script', () => {
		const { html: text } = jsonInScript({ name: '</script><script>alert(1)</script><!--' });
		expect(text).not.toContain('<');
		expect(JSON.parse(text)).toEqual({ name: '</script><script>alert(1)</script><!--' });
	});

	test('any value reads back', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const { html: text } = jsonInScript(value);
				expect(text).not.toContain('<');
				expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value));
			}),
		);
	});
});
