/**
 * Going on with a value that may be there already: a promise a tile would cost more than a small tile does.
 * @module
 */

/** A value now, or later. */
export type MaybeAsync<T> = T | Promise<T>;

/** `next(value)` at once when the value is there, later when it is not. */
export function whenReady<T, U>(value: MaybeAsync<T>, next: (value: T) => MaybeAsync<U>): MaybeAsync<U> {
	return value instanceof Promise ? value.then(next) : next(value);
}
