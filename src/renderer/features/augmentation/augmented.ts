import { Augmenter, augmentImage, changesNothing, Policy, type Draw } from '../../../core/augmentation';
import type { Augmentation } from '../../../core/config/augmentation';

export interface AugmentedImage {
  /** RGB bytes, `side` × `side` × 3. */
  readonly pixels: Uint8Array;
  readonly draws: readonly Draw[];
}

/** One image as a run with this seed feeds it in epochs 1 to `epochs`: the training's own code and draws. `index`: in its data set. */
export function augmentedEpochs(image: Uint8Array, side: number, augmentation: Augmentation, seed: number, epochs: number, index: number): AugmentedImage[] {
  const policy = new Policy(augmentation, { width: side, height: side }, seed);
  const augmenter = new Augmenter({ width: side, height: side });
  return Array.from({ length: epochs }, (_, i) => {
    const pixels = new Uint8Array(image.length);
    const draws = augmentImage(policy, i + 1, index, augmenter, image, pixels);
    return { pixels, draws };
  });
}

/** What was drawn, in a line: operations with their strength, a shift, a flip. What changes nothing is left out. */
export function drawText(draws: readonly Draw[], t: (key: string, values?: Record<string, unknown>) => string): string {
  const short = (value: number) => Number(value.toFixed(2));
  return draws.filter((draw) => !changesNothing(draw) || (draw.kind === 'operation' && draw.by !== 'autoAugment')).map((draw) => {
    switch (draw.kind) {
      case 'crop': return t('augmentation.shift', { x: draw.padding - draw.left, y: draw.padding - draw.top });
      case 'flip': return t('augmentation.flip');
      case 'operation': return draw.bin === null ? draw.name : `${draw.name} ${short(draw.magnitude)}`;
      case 'resizedCrop': return t('augmentation.window', { width: draw.window.width, height: draw.window.height, x: draw.window.left, y: draw.window.top });
      case 'adjust': return t(`augmentation.${draw.name}`, { factor: short(draw.factor) });
      case 'erase': return t('augmentation.erased', { width: draw.window?.width ?? 0, height: draw.window?.height ?? 0 });
    }
  }).join(', ').replaceAll('-', '−');
}
