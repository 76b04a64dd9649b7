import type { OpenWeights, WeightTensor } from './weightFile';

/** The tensors of a file under torchvision's names. */
export interface StateDict {
  readonly tensors: readonly WeightTensor[];
  /** What was cut off in front of every name: `module.` of DataParallel, `_orig_mod.` of torch.compile; empty where nothing was. */
  readonly prefix: string;
  /** Tensors that hold no real numbers, such as a batch norm's counter of batches: nothing reads them. */
  readonly ignored: readonly string[];
}

const prefixes = /^(?:module\.|_orig_mod\.|model\.|backbone\.)+/;

/** Weights as a network takes them: counters left out, the wrappers' common prefix cut off. */
export function stateDict({ tensors }: Pick<OpenWeights, 'tensors'>): StateDict {
  const isReal = ({ type }: WeightTensor) => /^b?float/.test(type);
  const real = tensors.filter(isReal);
  const prefix = prefixes.exec(real[0]?.name ?? '')?.[0] ?? '';
  const common = prefix !== '' && real.every(({ name }) => name.startsWith(prefix)) ? prefix : '';
  return {
    prefix: common,
    tensors: real.map((tensor) => ({ ...tensor, name: tensor.name.slice(common.length) })),
    ignored: tensors.filter((tensor) => !isReal(tensor)).map(({ name }) => name),
  };
}
