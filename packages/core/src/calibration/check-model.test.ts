import { expect, test } from 'vitest';
import { ArgumentError } from '../errors.ts';
import { fakeModel } from '../map/testing/fake-slide.ts';
import { checkCalibrationModel, modeOf } from './check-model.ts';
import { exampleCalibration } from './testing/example.ts';

const model = fakeModel();
const { model: fake, ...rest } = await exampleCalibration();
const own = { ...rest, model: { ...fake, name: model.name, sha256: model.sha256 } };

test('the model it was made with, in its mode, is taken', () => {
	expect(() => checkCalibrationModel(own, model)).not.toThrow();
	expect(() => checkCalibrationModel(own, model, 'fast')).not.toThrow();
});

test('another model is refused by name', () => {
	const other = { ...own, model: { ...own.model, name: 'mlv', sha256: 'ab'.repeat(32) } };
	expect(() => checkCalibrationModel(other, model)).toThrow(ArgumentError);
	expect(() => checkCalibrationModel(other, model)).toThrow(/was made with mlv \(abababababab\).*scores are those of/);
});

test('other weights of the same name are refused', () => {
	const retrained = { ...own, model: { ...own.model, sha256: 'ab'.repeat(32) } };
	expect(() => checkCalibrationModel(retrained, model)).toThrow(/was made of other weights/);
});

test('the other mode is refused', () => {
	expect(() => checkCalibrationModel(own, model, 'exact')).toThrow(/made in fast mode.*those of exact mode/);
	const exact = { ...own, model: { ...own.model, mode: 'exact' as const } };
	expect(() => checkCalibrationModel(exact, model)).toThrow(/Use exact mode, or calibrate in fast mode/);
	expect(() => checkCalibrationModel(exact, model, 'exact')).not.toThrow();
});

test('models without a fast path are exact, whatever is asked for', () => {
	const slow = fakeModel({ fast: false });
	expect([modeOf(model), modeOf(model, 'exact'), modeOf(slow), modeOf(slow, 'fast')]).toEqual([
		'fast',
		'exact',
		'exact',
		'exact',
	]);
	expect(() => checkCalibrationModel({ ...own, model: { ...own.model, mode: 'exact' } }, slow, 'fast')).not.toThrow();
});
