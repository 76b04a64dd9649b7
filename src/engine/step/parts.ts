import { imageBytes, type Batch, type NetworkSpec } from './spec';

/** A batch in parts of nearly equal size, none larger than `microBatch` but where one of a single image would be left: batch norm needs two. */
export function partsOf(spec: NetworkSpec, { pixels, labels, mix = null }: Batch): Batch[] {
  const images = labels.length;
  const parts = Math.max(1, Math.min(Math.ceil(images / (spec.microBatch ?? images)), Math.floor(images / 2)));
  const edge = (part: number) => Math.floor((part * images) / parts);
  return Array.from({ length: parts }, (_, part) => ({
    pixels: pixels.subarray(edge(part) * imageBytes(spec), edge(part + 1) * imageBytes(spec)),
    labels: labels.subarray(edge(part), edge(part + 1)),
    mix: mix && { others: mix.others.subarray(edge(part), edge(part + 1)), weight: mix.weight },
  }));
}
