import type { ImageOperation, OperationOf } from '../config/augmentation';
import { naturalLogarithm } from '../random/logarithm';
import type { CounterRandom } from '../random/philox';
import { cifar10SubPolicies } from './autoAugment';
import type { Draw, Window } from './draws';
import type { Size } from './image';
import { autoAugmentSpace, randAugmentSpace, roundHalfEven, trivialAugmentSpace, type OperationSpace } from './spaces';

/** Which image in which epoch is drawn for; `sides`: the stream of the images' sides in the first epoch. */
export interface Position {
  epoch: number;
  index: number;
  readonly sides: CounterRandom;
}

/** Draws one operation's parameters for an image from its generator, and adds them to its draws. */
export type Sampler = (random: CounterRandom, draws: Draw[], at: Position) => void;

const between = (random: CounterRandom, low: number, high: number) => low + (high - low) * random.float();

/** What samples an operation for images of one size: what does not depend on the draw is worked out once. */
export function samplerOf(operation: ImageOperation, size: Size): Sampler {
  switch (operation.kind) {
    case 'randomCrop': {
      const { padding, fill } = operation;
      const places = 2 * padding + 1;
      return (random, draws) => {
        const top = random.integer(places);
        draws.push({ kind: 'crop', left: random.integer(places), top, padding, fill });
      };
    }
    case 'flip': return (random, draws) => { draws.push({ kind: 'flip', flipped: random.float() < operation.probability }); };
    case 'alternatingFlip': return (_, draws, { epoch, index, sides }) => {
      const first = sides.reset(index).integer(2) === 1;
      draws.push({ kind: 'flip', flipped: first !== (epoch % 2 === 0) });
    };
    case 'randomResizedCrop': return (random, draws) => { draws.push({ kind: 'resizedCrop', window: resizedCropWindow(operation, size, random) }); };
    case 'trivialAugmentWide': {
      const space = trivialAugmentSpace(operation);
      return (random, draws) => { draws.push(uniformOperation(space, operation.bins, random)); };
    }
    case 'randAugment': {
      const space = randAugmentSpace(operation.bins, size);
      return (random, draws) => { for (let i = 0; i < operation.operations; i++) draws.push(fixedOperation(space, operation, random)); };
    }
    case 'autoAugment': return autoAugmentSampler(size);
    case 'colorJitter': return (random, draws) => { draws.push(...jitter(operation, random)); };
    case 'randomErasing': return (random, draws) => {
      draws.push({ kind: 'erase', by: 'randomErasing', window: random.float() < operation.probability ? erasedWindow(operation, size, random) : null, value: operation.value });
    };
    case 'cutout': return (random, draws) => { draws.push({ kind: 'erase', by: 'cutout', window: cutoutWindow(operation.side, size, random), value: operation.value }); };
  }
}

/** One operation, its magnitude and its sign, each uniform, in torchvision's order of draws. */
function uniformOperation(space: readonly OperationSpace[], bins: number, random: CounterRandom): Draw {
  const { name, magnitudes, signed } = space[random.integer(space.length)]!;
  const bin = magnitudes.length > 0 ? random.integer(magnitudes.length) : null;
  const magnitude = bin === null ? 0 : magnitudes[bin]!;
  return { kind: 'operation', by: 'trivialAugmentWide', name, magnitude: signed && random.integer(2) === 1 ? -magnitude : magnitude, bin, bins };
}

/** A uniform operation at the one magnitude. */
function fixedOperation(space: readonly OperationSpace[], { magnitude: at, bins }: OperationOf<'randAugment'>, random: CounterRandom): Draw {
  const { name, magnitudes, signed } = space[random.integer(space.length)]!;
  const magnitude = magnitudes.length > 0 ? magnitudes[at]! : 0;
  return { kind: 'operation', by: 'randAugment', name, magnitude: signed && random.integer(2) === 1 ? -magnitude : magnitude, bin: magnitudes.length > 0 ? at : null, bins };
}

function autoAugmentSampler(size: Size): Sampler {
  const table = cifar10SubPolicies.map((entries) => entries.map(([name, probability, bin]) => ({ probability, bin, ...autoAugmentSpace(name, size) })));
  return (random, draws) => {
    const subPolicy = random.integer(table.length);
    for (const { name, probability, bin, magnitudes, signed } of table[subPolicy]!) {
      const applied = random.float() <= probability;
      const magnitude = bin === null ? 0 : magnitudes[bin]!;
      draws.push({ kind: 'operation', by: 'autoAugment', subPolicy, applied, name, magnitude: signed && random.integer(2) === 0 ? -magnitude : magnitude, bin, bins: 10 });
    }
  };
}

/** torchvision's ColorJitter.get_params: an order of the four, then a factor for each that is not off. */
function jitter({ brightness, contrast, saturation, hue }: OperationOf<'colorJitter'>, random: CounterRandom): Draw[] {
  const names: (Draw & { kind: 'adjust' })['name'][] = ['brightness', 'contrast', 'saturation', 'hue'];
  for (let i = names.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [names[i], names[j]] = [names[j]!, names[i]!];
  }
  const around = (by: number) => between(random, Math.max(0, 1 - by), 1 + by);
  const factors = {
    brightness: brightness > 0 ? around(brightness) : null, contrast: contrast > 0 ? around(contrast) : null,
    saturation: saturation > 0 ? around(saturation) : null, hue: hue > 0 ? between(random, -hue, hue) : null,
  };
  return names.flatMap((name): Draw[] => (factors[name] === null ? [] : [{ kind: 'adjust', name, factor: factors[name] }]));
}

/** Up to ten tries for a rectangle of a drawn share of the area and a drawn ratio, as torchvision makes them; null where none fits. */
function drawnRectangle(scale: readonly [number, number], ratio: readonly [number, number], { width, height }: Size, random: CounterRandom, fits: (across: number, down: number) => boolean, wideFirst: boolean): Window | null {
  const [low, high] = [naturalLogarithm(ratio[0]), naturalLogarithm(ratio[1])];
  for (let attempt = 0; attempt < 10; attempt++) {
    const area = width * height * between(random, scale[0], scale[1]);
    const aspect = Math.exp(between(random, low, high));
    const [first, second] = [roundHalfEven(Math.sqrt(area * aspect)), roundHalfEven(Math.sqrt(area / aspect))];
    const [across, down] = wideFirst ? [first, second] : [second, first];
    if (fits(across, down)) return { top: random.integer(height - down + 1), left: random.integer(width - across + 1), width: across, height: down };
  }
  return null;
}

/** torchvision's RandomResizedCrop.get_params; where no try fits, the middle at the nearest ratio. */
function resizedCropWindow({ scale, ratio }: OperationOf<'randomResizedCrop'>, size: Size, random: CounterRandom): Window {
  const { width, height } = size;
  const drawn = drawnRectangle(scale, ratio, size, random, (across, down) => across > 0 && across <= width && down > 0 && down <= height, true);
  if (drawn) return drawn;
  const own = width / height;
  const across = own > ratio[1] ? Math.max(1, roundHalfEven(height * ratio[1])) : width;
  const down = own < ratio[0] ? Math.max(1, roundHalfEven(width / ratio[0])) : height;
  return { left: (width - across) >> 1, top: (height - down) >> 1, width: across, height: down };
}

/** torchvision's RandomErasing.get_params: smaller than the image on both sides; there the ratio is that of height to width. */
const erasedWindow = ({ scale, ratio }: OperationOf<'randomErasing'>, size: Size, random: CounterRandom): Window | null =>
  drawnRectangle(scale, ratio, size, random, (across, down) => across < size.width && down < size.height, false);

/** A square about a uniform pixel, as the authors' Cutout class cuts it off: from middle - side / 2 to middle + side / 2. */
function cutoutWindow(side: number, { width, height }: Size, random: CounterRandom): Window {
  const [y, x] = [random.integer(height), random.integer(width)];
  const half = Math.floor(side / 2);
  const [left, top] = [Math.max(0, x - half), Math.max(0, y - half)];
  return { left, top, width: Math.min(width, x - half + side) - left, height: Math.min(height, y - half + side) - top };
}
