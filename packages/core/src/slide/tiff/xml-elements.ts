/**
 * The tags of an XML text in order, with their attributes: enough for metadata, in one linear pass. No entities beyond
 * the five predefined ones and character references, no DTD, so nothing expands.
 * @module
 */

/** An opening tag. */
export interface XmlElement {
	/** Name without its namespace prefix. */
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	/** Names of the elements around it, outermost first. */
	readonly path: readonly string[];
}

const maxDepth = 64;

/** Opening tags in document order. Broken text gives what was readable; nothing throws. */
export function* xmlElements(text: string): Generator<XmlElement> {
	const path: string[] = [];
	let at = 0;
	for (;;) {
		const start = text.indexOf('<', at);
		if (start < 0) return;
		if (text.startsWith('<!--', start)) {
			at = skipPast(text, '-->', start);
		} else if (text.startsWith('<![CDATA[', start)) {
			at = skipPast(text, ']]>', start);
		} else if (text[start + 1] === '?' || text[start + 1] === '!') {
			at = skipPast(text, '>', start);
		} else if (text[start + 1] === '/') {
			path.pop();
			at = skipPast(text, '>', start);
		} else {
			const end = tagEnd(text, start);
			const isEmpty = text[end - 1] === '/';
			const element = parseTag(text.slice(start + 1, isEmpty ? end - 1 : end), [...path]);
			at = end + 1;
			if (element === undefined) continue;
			yield element;
			if (!isEmpty && path.length < maxDepth) path.push(element.name);
		}
	}
}

function skipPast(text: string, mark: string, from: number): number {
	const found = text.indexOf(mark, from);
	return found < 0 ? text.length : found + mark.length;
}

/** Position of the `>` that closes a tag; those within quotes do not count. */
function tagEnd(text: string, start: number): number {
	let quote = '';
	for (let i = start; i < text.length; i++) {
		const character = text[i]!;
		if (quote !== '') {
			if (character === quote) quote = '';
		} else if (character === '"' || character === "'") quote = character;
		else if (character === '>') return i;
	}
	return text.length;
}

function parseTag(tag: string, path: readonly string[]): XmlElement | undefined {
	const nameEnd = tag.search(/\s/);
	const name = localName(nameEnd < 0 ? tag : tag.slice(0, nameEnd));
	if (name === '') return undefined;
	const attributes: Record<string, string> = Object.create(null);
	let at = nameEnd < 0 ? tag.length : nameEnd;
	while (at < tag.length) {
		const equals = tag.indexOf('=', at);
		if (equals < 0) break;
		let open = equals + 1;
		while (tag[open] === ' ' || tag[open] === '\n' || tag[open] === '\t' || tag[open] === '\r') open++;
		const quote = tag[open];
		const close = quote === '"' || quote === "'" ? tag.indexOf(quote, open + 1) : -1;
		if (close < 0) break;
		attributes[localName(tag.slice(at, equals).trim())] = decodeEntities(tag.slice(open + 1, close));
		at = close + 1;
	}
	return { name, attributes, path };
}

function localName(name: string): string {
	return name.slice(name.indexOf(':') + 1);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
	return text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-z]{2,4});/g, (whole, name: string) => {
		if (!name.startsWith('#')) return entities[name] ?? whole;
		const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
		return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}
