// Apart from what computes them: a command line and a window that only name them load no libraries.
export const projectionMethods = ['pca', 'umap'] as const;
export type ProjectionMethod = (typeof projectionMethods)[number];

/** Points of a plane, one an image. */
export interface Projection {
  readonly method: ProjectionMethod;
  readonly seed: number;
  /** [images, 2], row by row. */
  readonly points: Float32Array;
  /** Share of the variance that each axis holds, from 0 to 1; null for UMAP, whose axes hold none. */
  readonly explainedVariance: readonly [number, number] | null;
}
