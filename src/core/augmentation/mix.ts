import type { BatchOperation } from '../config/augmentation';
import { beta } from '../random/beta';
import type { CounterRandom } from '../random/philox';
import type { MixDraw } from './draws';
import type { Size } from './image';

const weightUnits = 65536;

/** The image that an image of a batch is mixed with: the one before it, the first with the last (torchvision's roll(1, 0)). */
export const partnerOf = (i: number, count: number): number => (i === 0 ? count - 1 : i - 1);

/** Draws which of the operations mixes a batch, and how; null where its probability leaves the batch as it is. */
export function sampleMix(operations: readonly BatchOperation[], size: Size, random: CounterRandom): MixDraw | null {
  const cutmix = operations.find(({ kind }) => kind === 'cutmix');
  const switches = operations.length > 1 && cutmix?.kind === 'cutmix' && random.float() < cutmix.switchProbability;
  const chosen = operations.length === 1 ? operations[0]! : operations.find(({ kind }) => (kind === 'cutmix') === switches)!;
  if (random.float() >= chosen.probability) return null;
  // In 65536ths: pixels and labels are mixed by the very same weight.
  const weight = Math.round(beta(chosen.alpha, chosen.alpha, random) * weightUnits) / weightUnits;
  return chosen.kind === 'mixup' ? { kind: 'mixup', weight } : cutmixDraw(weight, size, random);
}

/** torchvision's CutMix.make_params: a box about a uniform pixel, cut off at the border; the weight is the share of pixels that stay. */
function cutmixDraw(drawn: number, { width, height }: Size, random: CounterRandom): MixDraw {
  const [x, y] = [random.integer(width), random.integer(height)];
  const half = 0.5 * Math.sqrt(1 - drawn);
  const [halfWidth, halfHeight] = [Math.trunc(half * width), Math.trunc(half * height)];
  const [left, top] = [Math.max(0, x - halfWidth), Math.max(0, y - halfHeight)];
  const window = { left, top, width: Math.min(width, x + halfWidth) - left, height: Math.min(height, y + halfHeight) - top };
  return { kind: 'cutmix', weight: 1 - (window.width * window.height) / (width * height), window };
}

/**
 * Mixes the images of a batch in place. Mixup rounds to whole grey levels, halves up: a batch is bytes until the graph normalises it.
 * @param pixels uint8 [count, height, width, 3], augmented
 */
export function applyMix(draw: MixDraw, pixels: Uint8Array, { width, height }: Size): void {
  const bytes = width * height * 3;
  const count = pixels.length / bytes;
  const last = pixels.slice(pixels.length - bytes);
  // From the end, so that each partner is still as it was drawn.
  for (let i = count - 1; i >= 0; i--) {
    const image = pixels.subarray(i * bytes, (i + 1) * bytes);
    const partner = i === 0 ? last : pixels.subarray((i - 1) * bytes, i * bytes);
    if (draw.kind === 'mixup') blend(image, partner, draw.weight);
    else paste(image, partner, width, draw);
  }
}

function blend(image: Uint8Array, partner: Uint8Array, weight: number): void {
  const own = Math.round(weight * weightUnits);
  const other = weightUnits - own;
  for (let i = 0; i < image.length; i++) image[i] = (image[i]! * own + partner[i]! * other + weightUnits / 2) >>> 16;
}

function paste(image: Uint8Array, partner: Uint8Array, imageWidth: number, { window: { left, top, width, height } }: Extract<MixDraw, { kind: 'cutmix' }>): void {
  for (let y = top; y < top + height; y++) {
    const from = (y * imageWidth + left) * 3;
    image.set(partner.subarray(from, from + width * 3), from);
  }
}
