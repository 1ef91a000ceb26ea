import { describe, expect, test } from 'vitest';
import { ModelError } from '../errors.ts';
import { createFocusModel } from './create-focus-model.ts';
import { listShippedModels, loadShippedModel, unknownModel } from './shipped-models.ts';

describe('shipped models', () => {
	test('load, hold together and bear the name they are asked for by', async () => {
		for (const name of listShippedModels()) {
			const definition = await loadShippedModel(name);
			expect(definition.name).toBe(name);
			expect(definition.sha256).toMatch(/^[0-9a-f]{64}$/);
			expect(createFocusModel(definition).name).toBe(name);
		}
	});

	test('are listed by name', () => {
		expect(listShippedModels()).toEqual(listShippedModels().toSorted());
	});

	test.each(['nonsense', '__proto__', 'toString', ''])("asking for '%s' says what there is", async (name) => {
		await expect(loadShippedModel(name)).rejects.toThrow(ModelError);
		await expect(loadShippedModel(name)).rejects.toThrow(`There is no model '${name}'`);
	});
});

describe('an unknown model', () => {
	test('lists the known ones and guesses', () => {
		const error = unknownModel('alpa', ['alpha', 'beta']);
		expect(error.message).toBe("There is no model 'alpa'; there are alpha, beta. Did you mean 'alpha'?");
		expect(error.model).toBe('alpa');
	});

	test('among none', () => {
		expect(unknownModel('x', []).message).toBe("There is no model 'x'; none is installed.");
	});
});
