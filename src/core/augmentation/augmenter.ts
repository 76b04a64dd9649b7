import { adjustBrightness, adjustContrast, adjustSaturation } from './colour';
import type { Draw } from './draws';
import { cropped, croppedReflected, erased, flippedLeftRight } from './geometry';
import { adjustHue } from './hue';
import type { Size } from './image';
import { operations } from './operations';
import { resizedWindow } from './resize';

const adjustments = { brightness: adjustBrightness, contrast: adjustContrast, saturation: adjustSaturation, hue: adjustHue } as const;

/** Whether a draw leaves every image as it is. */
export function changesNothing(draw: Draw): boolean {
  switch (draw.kind) {
    case 'crop': return draw.left === draw.padding && draw.top === draw.padding;
    case 'flip': return !draw.flipped;
    case 'operation': return draw.name === 'Identity' || (draw.by === 'autoAugment' && !draw.applied);
    case 'erase': return draw.window === null;
    // Turning by nothing still rounds: torchvision goes through HSV.
    case 'adjust': return draw.name !== 'hue' && draw.factor === 1;
    case 'resizedCrop': return false;
  }
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
    let last = draws.length - 1;
    while (last >= 0 && changesNothing(draws[last]!)) last--;
    if (last < 0) return out.set(image);
    let current = image;
    for (let i = 0; i <= last; i++) {
      const draw = draws[i]!;
      if (i < last && changesNothing(draw)) continue;
      const target = i === last ? out : current === this.buffers[0] ? this.buffers[1] : this.buffers[0];
      this.applyOne(draw, current, target);
      current = target;
    }
  }

  private applyOne(draw: Draw, input: Uint8Array, out: Uint8Array): void {
    switch (draw.kind) {
      case 'crop':
        return (draw.fill === 'reflect' ? croppedReflected : cropped)(input, out, this.size, draw.left - draw.padding, draw.top - draw.padding);
      case 'flip':
        return flippedLeftRight(input, out, this.size);
      case 'operation':
        return operations[draw.name](input, out, this.size, draw.magnitude);
      case 'resizedCrop':
        return resizedWindow(input, out, this.size, draw.window);
      case 'adjust':
        return adjustments[draw.name](input, out, this.size, draw.factor);
      case 'erase':
        return draw.window ? erased(input, out, this.size, draw.window, draw.value) : out.set(input);
    }
  }
}
