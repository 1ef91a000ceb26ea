/**
 * The report's script. It runs in the page, so it is one function that uses nothing from outside itself: its text is put
 * into the page as it is.
 * @module
 */
import type { ReportData } from './report-data.ts';

/** Draws the map over the thumbnail and answers the sliders. Everything it needs is in the page. */
export function reportClient(): void {
	const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
	const buttons = document.querySelectorAll('[data-stop]');
	const data = JSON.parse(byId('report-data').textContent) as ReportData;
	const canvas = byId<HTMLCanvasElement>('map-canvas');
	const threshold = byId<HTMLInputElement>('threshold');
	const opacity = byId<HTMLInputElement>('opacity');
	const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
	const codes = bytes(data.codes);
	const colours = bytes(data.colours);
	const context = canvas.getContext('2d');
	if (!context) return;

	// One canvas pixel a place, and enough pixels a place to draw hatches when the map is coarse.
	const zoom = Math.max(1, Math.floor(1024 / Math.max(data.columns, data.rows)));
	canvas.width = data.columns * zoom;
	canvas.height = data.rows * zoom;
	const [slideWidth, slideHeight] = data.slidePx;
	canvas.style.left = `${(100 * data.originPx[0]) / slideWidth}%`;
	canvas.style.top = `${(100 * data.originPx[1]) / slideHeight}%`;
	canvas.style.width = `${(100 * data.columns * data.stepPx) / slideWidth}%`;
	canvas.style.height = `${(100 * data.rows * data.stepPx) / slideHeight}%`;
	const image = context.createImageData(canvas.width, canvas.height);
	const pixels = new Uint32Array(image.data.buffer);
	const rgba = (red: number, green: number, blue: number, alpha: number): number =>
		((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;

	function draw(stop: number): void {
		for (let y = 0; y < canvas.height; y++) {
			const row = Math.floor(y / zoom) * data.columns;
			for (let x = 0; x < canvas.width; x++) {
				const code = codes[row + Math.floor(x / zoom)] as number;
				let pixel = 0;
				if (code >= 4) {
					const reached = code - 4;
					if (reached > stop) {
						const at = reached * 3;
						pixel = rgba(colours[at] as number, colours[at + 1] as number, colours[at + 2] as number, 255);
					}
				} else if (code > 0) {
					const rising = (x + y) % 8 < 2;
					const falling = (x - y + 8 * canvas.height) % 8 < 2;
					const line = code === 1 ? rising : code === 2 ? falling : rising || falling;
					pixel = line ? rgba(70, 74, 82, 255) : rgba(205, 207, 211, 150);
				}
				pixels[y * canvas.width + x] = pixel;
			}
		}
		(context as CanvasRenderingContext2D).putImageData(image, 0, 0);
	}

	const digits = (value: number): string => String(Number(value.toPrecision(3)));
	const percent = (share: number): string => {
		if (share > 0 && share < 0.001) return '< 0.1';
		if (share < 1 && share > 0.999) return '> 99.9';
		return (share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0);
	};

	function update(): void {
		const stop = Number(threshold.value);
		const value = `${digits(data.stops[stop] as number)} ${data.symbol}`.trim();
		const share = data.shares[stop] as number;
		const area = data.assessableMm2 === undefined ? '' : `${digits(share * data.assessableMm2)} mm²`;
		byId('threshold-value').textContent = value;
		threshold.setAttribute('aria-valuetext', value);
		byId('share').textContent = `${percent(share)} %`;
		byId('area').textContent = area;
		byId('live').textContent =
			`${percent(share)} % of the tissue that could be judged${area && `, ${area},`} is at or beyond ${value}.`;
		for (const bar of document.querySelectorAll('[data-bar]')) {
			bar.classList.toggle('below', Number(bar.getAttribute('data-bar')) < stop);
		}
		for (const button of buttons) {
			button.setAttribute('aria-pressed', String(Number(button.getAttribute('data-stop')) === stop));
		}
		draw(stop);
	}

	function fade(): void {
		canvas.style.opacity = String(Number(opacity.value) / 100);
		byId('opacity-value').textContent = `${opacity.value} %`;
		opacity.setAttribute('aria-valuetext', `${opacity.value} percent`);
	}

	// A slide without any value has hatches to show, and nothing to adjust.
	if (!threshold) {
		draw(0);
		return;
	}
	threshold.addEventListener('input', update);
	opacity.addEventListener('input', fade);
	for (const button of buttons) {
		button.addEventListener('click', () => {
			threshold.value = button.getAttribute('data-stop') as string;
			update();
		});
	}
	fade();
	update();
	byId('controls').hidden = false;
}
