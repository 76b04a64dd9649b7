import { augmentationStream, Augmenter, augmentImage, type Draw } from '../../../core/augmentation';
import type { PolicyName } from '../../../core/config/run';

export interface AugmentedImage {
  /** RGB bytes, `side` × `side` × 3. */
  readonly pixels: Uint8Array;
  readonly draws: readonly Draw[];
}

/** One image as a run with this seed feeds it in epochs 1 to `epochs`: the training's own code and draws. `index`: in its data set. */
export function augmentedEpochs(image: Uint8Array, side: number, policy: PolicyName, seed: number, epochs: number, index: number): AugmentedImage[] {
  const random = augmentationStream(seed);
  const augmenter = new Augmenter({ width: side, height: side });
  return Array.from({ length: epochs }, (_, i) => {
    const pixels = new Uint8Array(image.length);
    const draws = augmentImage(policy, random, i + 1, index, augmenter, image, pixels);
    return { pixels, draws };
  });
}

/** What was drawn, in a line: the operation with its strength, a shift, a flip. */
export function drawText(draws: readonly Draw[], t: (key: string, values?: Record<string, unknown>) => string): string {
  return draws.flatMap((draw) => {
    switch (draw.kind) {
      case 'crop':
        return draw.left === draw.padding && draw.top === draw.padding ? [] : [t('augmentation.shift', { x: draw.padding - draw.left, y: draw.padding - draw.top })];
      case 'flip':
        return draw.flipped ? [t('augmentation.flip')] : [];
      case 'operation':
        return [draw.magnitude === 0 ? draw.name : `${draw.name} ${Number(draw.magnitude.toFixed(2))}`];
    }
  }).join(', ').replaceAll('-', '−');
}
