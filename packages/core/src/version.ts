/**
 * The version that results name.
 * @module
 */

/** Version of this package, as in its `package.json`. */
export const VERSION: string = '0.1.0';
