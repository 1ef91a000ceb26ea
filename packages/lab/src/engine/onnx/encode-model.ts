/**
 * A graph as the bytes of an ONNX file.
 * Source: ONNX specification, IR version 8, `onnx.proto`; the field numbers below are its.
 * @module
 */
import { type ElementArray, type ElementType, ONNX_CODE } from '../element-type.ts';
import { ProtobufMessage } from './protobuf.ts';

/** IR version that opset 17 came with. */
const IR_VERSION = 8;
/** Opset 17: the last whose reductions take their axes as attributes, which every runtime still reads. */
const OPSET = 17;

/** Codes of `AttributeProto.AttributeType`. */
const FLOAT = 1;
const INTEGER = 2;
const TEXT = 3;
const INTEGERS = 7;

/** An attribute: whole numbers and lists of them, `{ float }`, or a word. */
export type Attribute = number | readonly number[] | { readonly float: number } | string;

/** One operation. */
export interface OnnxNode {
	/** Operator of the default ONNX domain. */
	readonly operator: string;
	readonly inputs: readonly string[];
	readonly outputs: readonly string[];
	readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A value that enters or leaves a graph. */
export interface OnnxValue {
	readonly name: string;
	readonly type: ElementType;
	readonly shape: readonly number[];
}

/** Numbers stored in the file. */
export interface OnnxConstant extends OnnxValue {
	readonly data: ElementArray;
}

/** All of a graph; nodes stand in an order in which they can run. */
export interface OnnxGraph {
	readonly name: string;
	readonly nodes: readonly OnnxNode[];
	readonly constants: readonly OnnxConstant[];
	readonly inputs: readonly OnnxValue[];
	readonly outputs: readonly OnnxValue[];
	/** Facts for a reader, such as licence and provenance. */
	readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The file of a graph.
 * @example
 * ```ts
 * await writeFile('model.onnx', encodeModel(graph));
 * ```
 */
export function encodeModel(graph: OnnxGraph): Uint8Array<ArrayBuffer> {
	const body = new ProtobufMessage();
	for (const node of graph.nodes) body.message(1, encodeNode(node));
	body.text(2, graph.name);
	for (const constant of graph.constants) body.message(5, encodeConstant(constant));
	for (const value of graph.inputs) body.message(11, encodeValue(value));
	for (const value of graph.outputs) body.message(12, encodeValue(value));
	const opset = new ProtobufMessage().text(1, '').integer(2, OPSET);
	const model = new ProtobufMessage().integer(1, IR_VERSION).text(2, 'parfocal').message(7, body).message(8, opset);
	for (const [key, value] of Object.entries(graph.metadata ?? {})) {
		model.message(14, new ProtobufMessage().text(1, key).text(2, value));
	}
	return model.finish();
}

function encodeNode({ operator, inputs, outputs, attributes }: OnnxNode): ProtobufMessage {
	const node = new ProtobufMessage();
	for (const name of inputs) node.text(1, name);
	for (const name of outputs) node.text(2, name);
	node.text(3, outputs[0]!).text(4, operator);
	for (const [name, value] of Object.entries(attributes)) node.message(5, encodeAttribute(name, value));
	return node;
}

function encodeAttribute(name: string, value: Attribute): ProtobufMessage {
	const attribute = new ProtobufMessage().text(1, name);
	if (typeof value === 'string') return attribute.text(4, value).integer(20, TEXT);
	if (typeof value === 'number') return attribute.integer(3, value).integer(20, INTEGER);
	if ('float' in value) return attribute.float(2, value.float).integer(20, FLOAT);
	for (const item of value) attribute.integer(8, item);
	return attribute.integer(20, INTEGERS);
}

function encodeConstant({ name, type, shape, data }: OnnxConstant): ProtobufMessage {
	const tensor = new ProtobufMessage();
	for (const size of shape) tensor.integer(1, size);
	const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
	return tensor.integer(2, ONNX_CODE[type]).text(8, name).bytes(9, bytes);
}

function encodeValue({ name, type, shape }: OnnxValue): ProtobufMessage {
	const dimensions = new ProtobufMessage();
	for (const size of shape) dimensions.message(1, new ProtobufMessage().integer(1, size));
	const tensorType = new ProtobufMessage().integer(1, ONNX_CODE[type]).message(2, dimensions);
	return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensorType));
}
