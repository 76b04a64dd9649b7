import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-node-gpu';
import type { TensorFlow } from '../src/engine/backend';
import { resnet, stemPool, type Block, type ConvolutionNorm, type StemName } from '../src/core/model/architecture';

/**
 * The engine's ResNet50 written with tfjs layers, the way a tfjs program would: one layer for each op, torch's padding by
 * zeroPadding2d, weights drawn by the layers themselves.
 */
export function eagerResnet50(tf: TensorFlow, stem: StemName, size: number): LayersModel {
  const { layers } = tf;
  const apply = (layer: InstanceType<typeof layers.Layer>, x: SymbolicTensor | SymbolicTensor[]) => layer.apply(x) as SymbolicTensor;
  const around = (x: SymbolicTensor, padding: number) =>
    padding === 0 ? x : apply(layers.zeroPadding2d({ padding: [[padding, padding], [padding, padding]] }), x);
  const relu = (x: SymbolicTensor) => apply(layers.activation({ activation: 'relu' }), x);
  const convolutionNorm = (x: SymbolicTensor, { outChannels, size: kernelSize, stride, padding }: ConvolutionNorm) => {
    const options = { filters: outChannels, kernelSize, strides: stride, useBias: false, kernelInitializer: 'heNormal' } as const;
    return apply(layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5 }), apply(layers.conv2d(options), around(x, padding)));
  };
  const block = (x: SymbolicTensor, { path, shortcut }: Block) => {
    const y = path.reduce((value, step, i) => (i === path.length - 1 ? convolutionNorm(value, step) : relu(convolutionNorm(value, step))), x);
    return relu(apply(layers.add(), [y, shortcut ? convolutionNorm(x, shortcut) : x]));
  };

  const architecture = resnet('resnet50', stem, 3, 10);
  const input = tf.input({ shape: [size, size, 3] });
  let x = relu(convolutionNorm(input, architecture.stem));
  if (architecture.pool) {
    x = apply(layers.maxPooling2d({ poolSize: stemPool.size, strides: stemPool.stride }), around(x, stemPool.padding));
  }
  for (const each of architecture.blocks) x = block(x, each);
  const logits = apply(layers.dense({ units: 10 }), apply(layers.globalAveragePooling2d({}), x));
  return tf.model({ inputs: input, outputs: logits });
}
