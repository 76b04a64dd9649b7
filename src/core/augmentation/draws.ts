import type { OperationName } from './names';

/** A rectangle of whole pixels. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export type Fill = number | readonly [number, number, number];

/** What was drawn for one image: plain data, in the order in which it is applied. What changes nothing is drawn and told too. */
export type Draw =
  /** Offset of the crop in the image with its border, in pixels; `padding` in the middle changes nothing. */
  | { readonly kind: 'crop'; readonly left: number; readonly top: number; readonly padding: number; readonly fill: 'zero' | 'reflect' }
  | { readonly kind: 'flip'; readonly flipped: boolean }
  /** One of torchvision's operations with its magnitude, the sign in it; `bin` of `bins` counts from the weakest, 0 (null: it has no strength). */
  | { readonly kind: 'operation'; readonly by: 'trivialAugmentWide' | 'randAugment'; readonly name: OperationName; readonly magnitude: number; readonly bin: number | null; readonly bins: number }
  /** As `operation`, of a sub-policy (from 0): what its probability left out (`applied` false) changes nothing. */
  | { readonly kind: 'operation'; readonly by: 'autoAugment'; readonly subPolicy: number; readonly applied: boolean; readonly name: OperationName; readonly magnitude: number; readonly bin: number | null; readonly bins: number }
  /** The part of the image that is stretched to its size. */
  | { readonly kind: 'resizedCrop'; readonly window: Window }
  /** `factor` 1 (hue: 0, in turns) changes nothing. */
  | { readonly kind: 'adjust'; readonly name: 'brightness' | 'contrast' | 'saturation' | 'hue'; readonly factor: number }
  /** null erases nothing. */
  | { readonly kind: 'erase'; readonly by: 'randomErasing' | 'cutout'; readonly window: Window | null; readonly value: Fill };

/** What was drawn for one batch. `weight`: of an image's own label, the rest is its partner's (`partnerOf`). */
export type MixDraw =
  | { readonly kind: 'mixup'; readonly weight: number }
  /** The partner's pixels in `window`; `weight` is the share of pixels that stay. */
  | { readonly kind: 'cutmix'; readonly weight: number; readonly window: Window };
