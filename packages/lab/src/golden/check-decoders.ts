/**
 * Ways to read answers, compared with a case of the file.
 * @module
 */
import { binomialLogarithms, binomialUnimodal } from '../losses/binomial-unimodal.ts';
import { crossEntropy } from '../losses/cross-entropy.ts';
import { meanClass, medianClass } from '../losses/distribution.ts';
import { clampedDifferences, type EncodingDecoder } from '../losses/encoding-decoders.ts';
import type { Decoded } from '../losses/loss.ts';
import { ordinalEncoding } from '../losses/ordinal-encoding.ts';
import type { JsonNode } from './json-node.ts';
import type { Ledger } from './ledger.ts';
import type { OrdinalCase } from './ordinal-case.ts';

/** Compares all decoders that the case has numbers for. */
export function checkDecoders(each: OrdinalCase, ledger: Ledger): void {
	const compare = (item: string, node: JsonNode, key: string, found: () => readonly number[]): void => {
		if (!node.has(key)) return;
		ledger.compare(`decode ${item}`, each.name, found(), flat(node.at(key)));
	};
	const distributions = (head: string, decoded: readonly Decoded[], node: JsonNode): void => {
		compare(`${head} probabilities`, node, 'probs', () => decoded.flatMap(({ probabilities }) => [...probabilities!]));
		if (!node.has('decode')) return;
		const classes = node.at('decode');
		compare(`${head} mode`, classes, 'mode', () => decoded.map((own) => own.class!));
		compare(`${head} expected`, classes, 'expected', () => decoded.map(({ expected }) => expected));
		compare(`${head} mean`, classes, 'mean', () => decoded.map(({ probabilities }) => meanClass(probabilities!)));
		compare(`${head} median`, classes, 'median', () => decoded.map(({ probabilities }) => medianClass(probabilities!)));
	};

	const softmax = each.softmax.map((logits) => crossEntropy.decode(logits, each.classes));
	distributions('softmax', softmax, each.node.at('softmax'));

	const bu = each.node.at('bu');
	const binomial = each.binomial.map((logits) => binomialUnimodal.decode(logits, each.classes));
	distributions('bu', binomial, bu);
	compare('bu log probabilities', bu, 'log_probs', () =>
		each.binomial.flatMap(([logit]) => [...binomialLogarithms(logit!, each.classes)]),
	);
	compare('bu expected, closed form', bu, 'expected_closed_form', () => binomial.map(({ expected }) => expected));

	const oe = each.node.at('oe');
	const encoding = (decoder: EncodingDecoder): Decoded[] =>
		each.encoding.map((logits) => ordinalEncoding({ decoder }).decode(logits, each.classes));
	const classesBy = (decoder: EncodingDecoder) => (): number[] => encoding(decoder).map((own) => own.class!);
	compare('oe count', oe, 'class_count', classesBy('count'));
	compare('oe argmax', oe, 'class_argmax', classesBy('argmax'));
	compare('oe rounded', oe, 'class_sum_rounded', classesBy('rounded'));
	compare('oe sum of sigmoids', oe, 'sum_of_sigmoids', () => encoding('count').map(({ expected }) => expected));
	compare('oe clamped', oe, 'probs_clamped', () => each.encoding.flatMap((logits) => [...clampedDifferences(logits)]));
	compare('oe probabilities', oe, 'probs_clamped_normalized', () =>
		encoding('count').flatMap(({ probabilities }) => [...probabilities!]),
	);
}

/** Numbers of a list, or of a list of lists. */
function flat(node: JsonNode): number[] {
	return node.list().flatMap((item) => (Array.isArray(item.value) ? item.numbers() : [item.number()]));
}
