import { resnet, stemPool, type ArchitectureName as ResnetName, type Block, type ConvolutionNorm, type StemName as ResnetStem } from './architecture';
import { isFast, stemsFor, type Architecture, type Stem } from '../config/run';
import { fastNetwork } from './fastNetwork';
import { torchNorm, type Layer, type NetworkPlan } from './layers';
import { isWideResnet, wideResnet } from './wideResnet';

export interface NetworkChoice {
  readonly architecture: Architecture;
  readonly stem: Stem;
}

/** The network of that name. A stem that it does not have is a fault of the caller: configs are checked for it. */
export function networkPlan({ architecture, stem }: NetworkChoice, channels: number, classes: number): NetworkPlan {
  if (!stemsFor(architecture).includes(stem)) throw new Error(`${architecture} has no stem "${stem}".`);
  if (isWideResnet(architecture)) return wideResnet(architecture, channels, classes);
  if (isFast(architecture) || stem === 'own') return fastNetwork(channels, classes, architecture === 'fast-residual');
  return residualPlan(architecture, stem, channels, classes);
}

const relu: Layer = { kind: 'activation', of: 'relu' };

function residualPlan(architecture: ResnetName, stem: ResnetStem, channels: number, classes: number): NetworkPlan {
  const { stem: first, pool, blocks, features } = resnet(architecture, stem, channels, classes);
  return {
    layers: [...withNorm(first), relu, ...(pool ? [{ kind: 'maxPool', ...stemPool } as const] : []), ...blocks.flatMap(residual)],
    classifier: { pool: 'mean', features, classes, factor: 1 },
  };
}

const residual = ({ path, shortcut }: Block): Layer[] => [
  { kind: 'residual', path: path.flatMap((layer, index) => [...withNorm(layer), ...(index < path.length - 1 ? [relu] : [])]), shortcut: shortcut ? withNorm(shortcut) : [] },
  relu,
];

const withNorm = ({ convolution, norm, ...window }: ConvolutionNorm): Layer[] => [
  { kind: 'convolution', name: convolution, ...window, start: 'fanOut' },
  { kind: 'norm', name: norm, channels: window.outChannels, ...torchNorm },
];
