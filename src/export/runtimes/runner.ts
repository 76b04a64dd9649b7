/** A model in a runtime that can be asked for logits. */
export interface ModelRunner {
  /** What runs it, with its version. */
  readonly runtime: string;
  readonly classes: readonly string[];
  readonly input: { readonly width: number; readonly height: number; readonly channels: 3 };
  /**
   * @param pixels uint8 NHWC, `count` images of the input's size, as decoded: the preprocessing is the runner's
   * @returns logits [count, classes]
   */
  run(pixels: Uint8Array, count: number): Promise<Float32Array>;
  /** Frees it. Safe to repeat. */
  close(): Promise<void>;
}
