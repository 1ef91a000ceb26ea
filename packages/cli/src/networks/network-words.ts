/**
 * A network in words, for `models show` and `models list`.
 * @module
 */
import { formatTable } from '../table.ts';
import type { StoredNetwork } from './network-store.ts';

/** The facts of a network, as JSON has them. */
export function networkFacts({ name, source, file, sha256 }: StoredNetwork): Record<string, unknown> {
	const parameters = [...file.tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
	return { name, source, kind: 'network', ...file.description, parameters, sha256 };
}

/** The facts of a network in two columns. */
export function networkInWords(stored: StoredNetwork): string {
	const { network, head, loss, classes, inputPx, resampler, unit, higherMeans, licence, trainedOn } =
		stored.file.description;
	const { parameters } = networkFacts(stored);
	return formatTable([
		['name', `${stored.name}, ${stored.source}`],
		['network', `${network}, head ${head}`],
		['answers', classes > 1 ? `${classes} ordered classes, read as ${loss}` : `one value, trained with ${loss}`],
		['unit', `${unit}, higher means ${higherMeans}`],
		['looks at', `${inputPx} px${resampler === 'none' ? '' : `, made so by ${resampler}`}`],
		['numbers', `${parameters}`],
		['licence', licence],
		['origin', trainedOn],
		['sha256', stored.sha256],
	]);
}
