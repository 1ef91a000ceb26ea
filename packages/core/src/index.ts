/**
 * Focus quality of whole-slide images, in Node and the browser.
 * @module
 */
export * from './assess.ts';
export * from './assessment.ts';
export * from './errors.ts';
export * from './export/tiff/memory-sink.ts';
export * from './export/tiff/tiff-value.ts';
export * from './export/tiff/tiff-writer.ts';
export * from './fingerprint.ts';
export * from './focus/cells.ts';
export * from './focus/focus-model.ts';
export * from './focus/focuslitenn/definition.ts';
export * from './focus/focuslitenn/head.ts';
export * from './focus/focuslitenn/pooling.ts';
export * from './focus/optics.ts';
export * from './image/pixels.ts';
export * from './map/colour.ts';
export * from './map/coverage.ts';
export * from './map/focus-map.ts';
export * from './map/in-thread-measurer.ts';
export * from './map/measure.ts';
export * from './map/place.ts';
export * from './map/pool-map.ts';
export * from './map/tile-selection.ts';
export * from './map/units.ts';
export * from './slide/byte-source.ts';
export * from './slide/slide.ts';
export * from './slide/source/blob-source.ts';
export * from './slide/source/block-cache.ts';
export * from './slide/source/buffer-source.ts';
export * from './slide/source/http-source.ts';
export * from './slide/source/read-range.ts';
export * from './slide/thumbnail.ts';
export * from './tissue/find-tissue.ts';
export * from './tissue/roi.ts';
export * from './tissue/tissue-mask.ts';
export * from './verdict/judge.ts';
export * from './verdict/parse-policy.ts';
export * from './verdict/policy.ts';
export * from './verdict/presets.ts';
export * from './verdict/strength.ts';
export * from './version.ts';
