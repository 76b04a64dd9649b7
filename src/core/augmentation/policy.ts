import type { PolicyName } from '../config/run';
import type { CounterRandom } from '../random/philox';
import type { Size } from './image';
import { operations, type OperationName } from './operations';
import { sampleTrivialAugment, trivialAugmentSpace, type OperationSpace } from './trivialAugment';

/** What was drawn for one image: plain data, in the order in which it is applied. */
export type Draw =
  /** Offset of the crop in the image with its border of zeros, in pixels; `padding` in the middle changes nothing. */
  | { readonly kind: 'crop'; readonly left: number; readonly top: number; readonly padding: number }
  | { readonly kind: 'flip'; readonly flipped: boolean }
  | { readonly kind: 'operation'; readonly name: OperationName; readonly magnitude: number };

/** A part of a policy. Sampling and applying are apart, so that a draw can be shown, stored and repeated. */
type Step =
  /** torchvision's RandomCrop(size, padding): each of the (2 padding + 1)² places as likely, zeros outside. */
  | { readonly kind: 'randomCrop'; readonly padding: number }
  /** torchvision's RandomHorizontalFlip(probability). */
  | { readonly kind: 'randomFlip'; readonly probability: number }
  | { readonly kind: 'trivialAugment'; readonly space: readonly OperationSpace[] };

const crop: Step = { kind: 'randomCrop', padding: 4 };
const flip: Step = { kind: 'randomFlip', probability: 0.5 };

/** Each policy as its steps in order. */
const policySteps: Readonly<Record<PolicyName, readonly Step[]>> = {
  none: [],
  'crop-flip': [crop, flip],
  'crop-flip-trivialaugment': [crop, flip, { kind: 'trivialAugment', space: trivialAugmentSpace() }],
};

/** Draws a policy's parameters for one image. */
export function sampleDraws(policy: PolicyName, random: CounterRandom): Draw[] {
  return policySteps[policy].map((step): Draw => {
    switch (step.kind) {
      case 'randomCrop': {
        const places = 2 * step.padding + 1;
        return { kind: 'crop', top: random.integer(places), left: random.integer(places), padding: step.padding };
      }
      case 'randomFlip':
        return { kind: 'flip', flipped: random.float() < step.probability };
      case 'trivialAugment':
        return { kind: 'operation', ...sampleTrivialAugment(step.space, random) };
    }
  });
}

/** Applies draws to images of one size, reusing its two buffers. */
export class Augmenter {
  private readonly buffers: readonly [Uint8Array, Uint8Array];

  constructor(private readonly size: Size) {
    const bytes = size.width * size.height * 3;
    this.buffers = [new Uint8Array(bytes), new Uint8Array(bytes)];
  }

  /**
   * @param image uint8, height × width × 3; not changed
   * @param out takes the result; the same length
   */
  apply(draws: readonly Draw[], image: Uint8Array, out: Uint8Array): void {
    let current = image;
    draws.forEach((draw, i) => {
      const target = i === draws.length - 1 ? out : this.buffers[i % 2];
      this.applyOne(draw, current, target);
      current = target;
    });
    if (draws.length === 0) out.set(image);
  }

  private applyOne(draw: Draw, input: Uint8Array, out: Uint8Array): void {
    switch (draw.kind) {
      case 'crop':
        return cropped(input, out, this.size, draw.left - draw.padding, draw.top - draw.padding);
      case 'flip':
        return draw.flipped ? flippedLeftRight(input, out, this.size) : out.set(input);
      case 'operation':
        return operations[draw.name](input, out, this.size, draw.magnitude);
    }
  }
}

function cropped(input: Uint8Array, out: Uint8Array, { width, height }: Size, left: number, top: number): void {
  const first = Math.max(0, -left);
  const last = Math.min(width, width - left);
  const bytes = (last - first) * 3;
  out.fill(0);
  for (let y = Math.max(0, -top); y < Math.min(height, height - top); y++) {
    let from = ((y + top) * width + first + left) * 3;
    let to = (y * width + first) * 3;
    for (const end = to + bytes; to < end; ) out[to++] = input[from++];
  }
}

function flippedLeftRight(input: Uint8Array, out: Uint8Array, { width, height }: Size): void {
  for (let y = 0; y < height; y++) {
    let from = (y + 1) * width * 3 - 3;
    for (let to = y * width * 3; to < (y + 1) * width * 3; to += 3, from -= 3) {
      out[to] = input[from];
      out[to + 1] = input[from + 1];
      out[to + 2] = input[from + 2];
    }
  }
}
