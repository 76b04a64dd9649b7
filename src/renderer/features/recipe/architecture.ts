import type { Architecture, Stem } from '../../../core/config/run';
import { trainingFlops, walkLayers } from '../../../core/model/layers';
import { elements, parametersOf } from '../../../core/model/parameters';
import { networkPlan } from '../../../core/model/plan';

/** One drawing step of a network: the side of its square feature map in pixels. */
export interface Stage {
  readonly name: 'image' | 'conv' | 'pool' | 'layer1' | 'layer2' | 'layer3' | 'layer4';
  readonly side: number;
}

export interface NetworkFacts {
  readonly stages: readonly Stage[];
  readonly parameters: number;
  /** Of one training step, for one image: forward and backward, a multiply and an add counted as two. */
  readonly trainingFlops: number;
}

/** The feature maps, trained parameters and arithmetic of a network on `side` × `side` images. */
export function networkFacts(architecture: Architecture, stem: Stem, side: number, classes: number): NetworkFacts {
  const plan = networkPlan({ architecture, stem }, 3, classes);
  const stages = new Map<Stage['name'], number>([['image', side]]);
  let layer: Stage['name'] = 'conv';
  walkLayers(plan.layers, side, (one, _, after) => {
    if (one.kind === 'convolution') layer = (/^layer\d/.exec(one.name)?.[0] ?? 'conv') as Stage['name'];
    // A pool within a layer belongs to it.
    stages.set(one.kind === 'maxPool' && layer === 'conv' ? 'pool' : layer, after);
  });
  const parameters = parametersOf(plan).filter(({ role }) => role === 'parameter').reduce((sum, { shape }) => sum + elements(shape), 0);
  return { stages: [...stages].map(([name, of]) => ({ name, side: of })), parameters, trainingFlops: trainingFlops(plan, side) };
}
