import { data, sizes } from './tinyStep';

const { batch, height, width, channels, hidden, features, classes } = sizes;

export interface Expectation {
  readonly loss: number;
  /** d(loss) / d(first filter), HWIO. */
  readonly gradient: readonly number[];
}

/** What the step has to give, in double precision and plain loops; the gradient is measured, by central differences. */
export function expectation(): Expectation {
  const step = 2 ** -16;
  const lossAt = (index: number, change: number) => loss(data.filter1.map((value, i) => (i === index ? value + change : value)));
  return {
    loss: loss(data.filter1),
    gradient: data.filter1.map((_, index) => (lossAt(index, step) - lossAt(index, -step)) / (2 * step)),
  };
}

function loss(filter1: readonly number[]): number {
  const images = Array.from(data.pixels, (byte) => byte / 256);
  const maps = normalise(convolve(convolve(images, filter1, channels, hidden), data.filter2, hidden, features));
  let total = 0;
  for (let n = 0; n < batch; n++) {
    for (let f = 0; f < features; f++) {
      let pooled = 0;
      for (let at = 0; at < height * width; at++) pooled += Math.max(0, maps[(n * height * width + at) * features + f]!);
      pooled /= height * width;
      for (let c = 0; c < classes; c++) total += pooled * data.weights[f * classes + c]! * data.pull[n * classes + c]!;
    }
  }
  return total;
}

/** A 3×3 convolution with zeros around. */
function convolve(maps: readonly number[], filter: readonly number[], from: number, to: number): number[] {
  const result = new Array<number>(batch * height * width * to).fill(0);
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let dy = 0; dy < 3; dy++)
          for (let dx = 0; dx < 3; dx++) {
            const [row, column] = [y + dy - 1, x + dx - 1];
            if (row < 0 || row >= height || column < 0 || column >= width) continue;
            for (let i = 0; i < from; i++) {
              const value = maps[((n * height + row) * width + column) * from + i]!;
              for (let o = 0; o < to; o++) {
                result[((n * height + y) * width + x) * to + o]! += value * filter[((dy * 3 + dx) * from + i) * to + o]!;
              }
            }
          }
  return result;
}

/** Batch norm with the batch's own statistics. */
function normalise(maps: readonly number[]): number[] {
  const count = batch * height * width;
  const result = new Array<number>(maps.length);
  for (let f = 0; f < features; f++) {
    const values = Array.from({ length: count }, (_, i) => maps[i * features + f]!);
    const mean = values.reduce((a, b) => a + b) / count;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    const scale = data.scale[f]! / Math.sqrt(variance + 1e-5);
    for (let i = 0; i < count; i++) result[i * features + f] = (values[i]! - mean) * scale + data.offset[f]!;
  }
  return result;
}
