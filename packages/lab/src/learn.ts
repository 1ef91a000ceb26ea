/**
 * What of the lab runs anywhere: engine, networks, losses, training. Nothing here needs Node.
 * @module
 */
export * from './data/pixels/augmentation.ts';
export * from './data/pixels/crop-plan.ts';
export * from './data/pixels/normalisation.ts';
export * from './data/pixels/preparation.ts';
export * from './data/pixels/resample.ts';
export * from './data/shuffled.ts';
export * from './engine/graph.ts';
export * from './engine/runtime/engine.ts';
export * from './engine/runtime/onnx-runtime.ts';
export * from './engine/runtime/web-engine.ts';
export * from './engine/tape.ts';
export * from './losses/loss.ts';
export * from './losses/registry.ts';
export * from './networks/backbone-features.ts';
export * from './networks/layers.ts';
export * from './networks/model-file.ts';
export * from './networks/network.ts';
export * from './networks/parameters.ts';
export * from './networks/registry.ts';
export * from './simulate/random.ts';
export * from './train/network-training.ts';
export * from './train/training-graph.ts';
export * from './use/network-model.ts';
export * from './use/use-graph.ts';
