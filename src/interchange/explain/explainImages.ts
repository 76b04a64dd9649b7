import { toErrorData } from '../../contracts/errors';
import type { ExplainedImage } from '../../contracts/calls/tools';
import { enlarge } from '../../core/predictions/heat';
import { decodeImage, type Fit } from '../predict/images';
import { bestClasses } from '../predict/predict';
import type { RunPredictor } from '../predict/runPredictor';

/** Which class of an image is explained: that with the largest logit, or one for all. */
export type ExplainedClass = 'predicted' | number;

/**
 * Grad-CAM of images as the network gets them, one after another.
 * @param pixels uint8 HWC of the network's input size
 */
export async function explainPixels(predictor: RunPredictor, name: string, pixels: Uint8Array, chosen: ExplainedClass): Promise<ExplainedImage> {
  const { classes, input: { width, height } } = predictor;
  const logits = await predictor.run(pixels, 1);
  const top = bestClasses(logits, classes, 3);
  const index = chosen === 'predicted' ? top[0]!.index : chosen;
  const { maps, mapSize } = await predictor.explain(pixels, Int32Array.of(index));
  return { name, top, explained: { index, label: classes[index]!, logit: logits[index]! }, width, height, pixels, mapSize, map: maps, heat: enlarge(maps, mapSize, [height, width]) };
}

/** The same of image files. One that cannot be read is told in its place. */
export async function* explainFiles(
  predictor: RunPredictor, images: Iterable<{ readonly name: string; readonly source: string | Uint8Array }>, { fit, chosen }: { readonly fit: Fit; readonly chosen: ExplainedClass },
): AsyncGenerator<ExplainedImage | { readonly name: string; readonly error: ReturnType<typeof toErrorData> }> {
  for (const { name, source } of images) {
    const pixels = await decodeImage(source, name, predictor.input, fit).catch((error: unknown) => toErrorData(error));
    yield pixels instanceof Uint8Array ? await explainPixels(predictor, name, pixels, chosen) : { name, error: pixels };
  }
}
