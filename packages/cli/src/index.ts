/**
 * The command line as a function, for programs that embed it.
 * @module
 */
export type { Context, Output } from './context.ts';
export * from './exit-codes.ts';
export { runCli } from './run-cli.ts';
export { assessmentSchema } from './schema/assessment-schema.ts';
export { calibrationSchema } from './schema/calibration-schema.ts';
export { policySchema } from './schema/policy-schema.ts';
