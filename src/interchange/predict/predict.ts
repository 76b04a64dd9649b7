import type { ImagePrediction } from '../../contracts/calls/interchange';
import { toErrorData, type CultivarErrorData } from '../../contracts/errors';
import { decodeImage, type Fit } from './images';

/** What answers: a run's network or an export in its runtime. */
export interface Predictor {
  readonly classes: readonly string[];
  readonly input: { readonly width: number; readonly height: number };
  /** @param pixels uint8 NHWC. @returns logits [count, classes] */
  run(pixels: Uint8Array, count: number): Promise<Float32Array>;
}

const batchSize = 64;

/** The classes of images, best first. One that cannot be read is told in its place; the others are predicted all the same. */
export async function* predictImages(
  predictor: Predictor, images: Iterable<{ readonly name: string; readonly source: string | Uint8Array }>, { top, fit }: { readonly top: number; readonly fit: Fit },
): AsyncGenerator<ImagePrediction> {
  let waiting: { name: string; pixels: Uint8Array | CultivarErrorData }[] = [];
  for (const { name, source } of images) {
    waiting.push({ name, pixels: await decodeImage(source, name, predictor.input, fit).catch((error: unknown) => toErrorData(error)) });
    if (waiting.length < batchSize) continue;
    yield* await predicted(predictor, waiting, top);
    waiting = [];
  }
  yield* await predicted(predictor, waiting, top);
}

async function predicted(predictor: Predictor, images: readonly { readonly name: string; readonly pixels: Uint8Array | CultivarErrorData }[], top: number): Promise<ImagePrediction[]> {
  const good = images.flatMap(({ pixels }) => (pixels instanceof Uint8Array ? [pixels] : []));
  const logits = good.length === 0 ? new Float32Array() : await predictor.run(new Uint8Array(Buffer.concat(good)), good.length);
  const classes = predictor.classes.length;
  let at = 0;
  return images.map(({ name, pixels }) => (pixels instanceof Uint8Array ? { name, top: best(softmax(logits.subarray(at, (at += classes))), predictor.classes, top) } : { name, error: pixels }));
}

/** @param logits of one image */
export const bestClasses = (logits: Float32Array, classes: readonly string[], top: number) => best(softmax(logits), classes, top);

function softmax(logits: Float32Array): Float64Array {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = Float64Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

const best = (probabilities: Float64Array, classes: readonly string[], top: number) =>
  [...probabilities].map((probability, index) => ({ label: classes[index]!, index, probability })).sort((a, b) => b.probability - a.probability || a.index - b.index).slice(0, top);
