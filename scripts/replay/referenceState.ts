import { initialState, type NetworkSpec, type StateTensor } from '../../src/engine/step/network';

/**
 * The weights that make_trajectories.py starts from, which no file has to carry: tensor k of named_parameters() is
 * (2·u(i) - 1)·bound with u(i) = hash(i, k) / 2^32; the last batch norm of every residual block has scale 0.25.
 */
export function referenceState(spec: NetworkSpec): StateTensor[] {
  const lastNorm = ['resnet18', 'resnet34'].includes(spec.architecture) ? 'bn2.weight' : 'bn3.weight';
  let k = -1;
  return initialState(spec, 0).map((tensor) => {
    if (tensor.role !== 'parameter') return tensor;
    k++;
    const { name, shape } = tensor;
    const data = new Float32Array(tensor.data.length);
    if (shape.length === 1) return { ...tensor, data: data.fill(name.endsWith('bias') ? 0 : name.endsWith(lastNorm) ? 0.25 : 1) };
    const fanIn = shape.slice(1).reduce((a, b) => a * b, 1);
    const bound = shape.length === 4 ? Math.sqrt(6 / fanIn) : 1 / Math.sqrt(fanIn);
    for (let i = 0; i < data.length; i++) data[i] = ((hash(i, k) / 2 ** 32) * 2 - 1) * bound;
    return { ...tensor, data };
  });
}

function hash(i: number, k: number): number {
  let h = (i + 1 + Math.imul(k, 0x9e3779b9)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
