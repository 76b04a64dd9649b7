/** Size of an image whose pixels are three uint8 channels, row by row. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An operation in place of `out`: `input` and `out` are images of the same size and never the same array. */
export type PixelOperation = (input: Uint8Array, out: Uint8Array, size: Size, magnitude: number) => void;
