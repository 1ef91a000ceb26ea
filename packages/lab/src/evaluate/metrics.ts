/**
 * Agreement between scores and truth. Whatever is undefined is NaN.
 * @module
 */
export * from './metrics/confusion.ts';
export * from './metrics/correlation.ts';
export * from './metrics/false-alarm-rate.ts';
export * from './metrics/kendall.ts';
export * from './metrics/multiclass-auc.ts';
export * from './metrics/ordinal-metrics.ts';
export * from './metrics/precision-recall.ts';
export * from './metrics/ranks.ts';
export * from './metrics/risk-coverage.ts';
export * from './metrics/roc.ts';
