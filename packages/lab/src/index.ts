export * from './phantom/options.ts';
export * from './phantom/plan.ts';
export * from './phantom/truth.ts';
export * from './phantom/write-phantom.ts';
export * from './simulate/defocus.ts';
