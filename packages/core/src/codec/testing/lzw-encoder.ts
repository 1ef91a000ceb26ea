/** TIFF's LZW (TIFF 6.0 section 13) for round trips in tests. */
export function encodeLzw(bytes: Uint8Array): Uint8Array {
	const output: number[] = [];
	let held = 0;
	let count = 0;
	let width = 9;
	const put = (code: number): void => {
		held = (held << width) | code;
		for (count += width; count >= 8; count -= 8) output.push((held >> (count - 8)) & 255);
		held &= (1 << count) - 1;
	};
	let table = new Map<string, number>();
	const clear = (): void => {
		put(256);
		table = new Map();
		width = 9;
	};
	clear();
	const codeOf = (text: string): number => (text.length === 1 ? text.charCodeAt(0) : table.get(text)!);
	let prefix = '';
	for (const byte of bytes) {
		const longer = prefix + String.fromCharCode(byte);
		if (longer.length === 1 || table.has(longer)) {
			prefix = longer;
			continue;
		}
		put(codeOf(prefix));
		table.set(longer, 258 + table.size);
		if (258 + table.size > 4094) clear();
		else if (258 + table.size >= 1 << width) width++;
		prefix = String.fromCharCode(byte);
	}
	if (prefix !== '') {
		put(codeOf(prefix));
		// The decoder adds an entry for this code too, and may widen before it reads the end code.
		if (259 + table.size >= 1 << width && width < 12) width++;
	}
	put(257);
	if (count > 0) output.push((held << (8 - count)) & 255);
	return Uint8Array.from(output);
}
