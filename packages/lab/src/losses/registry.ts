/**
 * The losses by name.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { binomialUnimodal } from './binomial-unimodal.ts';
import { co } from './co.ts';
import { co2 } from './co2.ts';
import { crossEntropy } from './cross-entropy.ts';
import type { EncodingDecoder } from './encoding-decoders.ts';
import { ho2 } from './ho2.ts';
import type { Loss } from './loss.ts';
import { meanAbsoluteError } from './mean-absolute-error.ts';
import { meanSquaredError } from './mean-squared-error.ts';
import { ordinalEncoding } from './ordinal-encoding.ts';
import { plcc } from './plcc.ts';
import { unimodalNet } from './unimodal-net.ts';
import { wasserstein } from './wasserstein.ts';

/** What can be set of a loss. */
export interface LossOptions {
	/** Weight of the penalty (`co`, `co2`, `ho2`, `wasserstein`); default: the authors'. */
	readonly lambda?: number;
	/** How answers become a class (`oe`, `oe-sum`); default `count`. */
	readonly decoder?: EncodingDecoder;
}

/** Losses that take a weight for their penalty. */
const PENALISED: readonly ((lambda?: number) => Loss)[] = [co, co2, ho2, wasserstein];

/** All losses as they are without options: of a value, without order, ordinal, extras of 2025. */
export const LOSSES: readonly Loss[] = [
	plcc,
	meanSquaredError,
	meanAbsoluteError,
	crossEntropy,
	ordinalEncoding(),
	ordinalEncoding({ over: 'sum' }),
	binomialUnimodal,
	co(),
	co2(),
	ho2(),
	unimodalNet,
	wasserstein(),
];

/**
 * A loss by its name.
 * @throws {ArgumentError} for a name that is none, with those that are; for an option that the loss does not have
 * @example
 * ```ts
 * const loss = lossNamed('co2', { lambda: 0.1 });
 * const outputs = loss.outputs(12);
 * ```
 */
export function lossNamed(name: string, { lambda, decoder }: LossOptions = {}): Loss {
	const known = LOSSES.find((loss) => loss.name === name);
	if (!known) {
		const names = LOSSES.map((loss) => loss.name).join(', ');
		throw new ArgumentError('loss', `There is no loss "${name}". Choose one of ${names}.`);
	}
	if (lambda !== undefined) {
		const make = PENALISED.find((penalised) => penalised().name === name);
		if (!make) throw new ArgumentError('lambda', `The loss ${name} has no penalty that a lambda could weigh.`);
		return make(lambda);
	}
	if (decoder !== undefined) {
		if (name !== 'oe' && name !== 'oe-sum') {
			throw new ArgumentError('decoder', `The loss ${name} has one way to read answers; only oe has several.`);
		}
		return ordinalEncoding({ over: name === 'oe' ? 'mean' : 'sum', decoder });
	}
	return known;
}
