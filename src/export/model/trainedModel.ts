import { CultivarError } from '../../contracts/errors';
import type { ExportManifest } from '../../contracts/exports';
import type { Architecture, Stem } from '../../core/config/run';
import type { NetworkPlan } from '../../core/model/layers';
import { elements, parametersOf } from '../../core/model/parameters';
import { networkPlan } from '../../core/model/plan';

/** Values under torchvision's name and in its layout: convolutions OIHW, linear [out, in]. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type ModelDescription = ExportManifest['model'];

/** A network with its weights: what every format is written from. */
export class TrainedModel {
  readonly plan: NetworkPlan;
  private readonly byName: ReadonlyMap<string, NamedTensor>;

  /** @throws CultivarError checkpoint-damaged where a tensor lacks, or has another shape than the network's */
  constructor(readonly description: Omit<ModelDescription, 'normalization'> & { readonly normalization: Omit<ModelDescription['normalization'], 'inside'> }, tensors: readonly NamedTensor[]) {
    const { architecture, stem, classes, input } = description;
    this.plan = networkPlan({ architecture: architecture as Architecture, stem: stem as Stem }, input.channels, classes.length);
    const given = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    this.byName = new Map(parametersOf(this.plan).map(({ name, shape }) => {
      const tensor = given.get(name);
      if (!tensor) throw bad(`the tensor ${name} is missing`);
      if (tensor.shape.join() !== shape.join() || tensor.data.length !== elements(shape)) throw bad(`${name} has the shape [${tensor.shape.join(', ')}] instead of [${shape.join(', ')}]`);
      return [name, tensor];
    }));
  }

  /** The classifier's weights [classes, features] and bias, with the logits' factor in them. */
  classifier(): { readonly weights: Float32Array; readonly bias: Float32Array } {
    const { factor } = this.plan.classifier;
    const times = (values: Float32Array) => (factor === 1 ? values : values.map((value) => value * factor));
    return { weights: times(this.data('fc.weight')), bias: times(this.data('fc.bias')) };
  }

  /** The same network, its logits divided by a temperature: both are linear in the classifier. */
  withTemperature(temperature: number): TrainedModel {
    const tensors = this.tensors.map((tensor) => (tensor.name.startsWith('fc.') ? { ...tensor, data: tensor.data.map((value) => value / temperature) } : tensor));
    return new TrainedModel(this.description, tensors);
  }

  /** In the order of torchvision's state_dict. */
  get tensors(): readonly NamedTensor[] { return [...this.byName.values()]; }

  data(name: string): Float32Array {
    const tensor = this.byName.get(name);
    if (!tensor) throw new Error(`The model has no tensor ${name}.`);
    return tensor.data;
  }
}

const bad = (what: string) => new CultivarError({ code: 'checkpoint-damaged', message: `The weights do not fit the network: ${what}.` });
