export * from './simulate/defocus.ts';
