import { Augmenter, augmentImage, Policy } from '../core/augmentation';
import type { DatasetManifest } from '../contracts/dataset';
import type { Augmentation } from '../core/config/augmentation';
import { surestMistakes, readPredictions } from '../core/predictions/reading';
import type { StoredPredictions } from '../contracts/calls/experiments';
import { readImages } from '../data/readImages';
import type { AugmentationStrip, WorstImage } from './data';
import { pngDataUri, tiled } from './png';

/** Sides are brought below this by whole factors, so that a report of large images stays small. */
const widest = 64;
const mostWorst = 40;

/** The surest mistakes of one run, as images; the index is that in the data set. */
export async function worstImages(library: string, manifest: DatasetManifest, predictions: StoredPredictions): Promise<{ readonly mistakes: number; readonly images: readonly WorstImage[] }> {
  const { classes, labels, indices, probabilities } = predictions;
  const reading = readPredictions(predictions);
  const worst = surestMistakes(reading, labels, mostWorst);
  const { width, height } = manifest.image;
  const pixels = await readImages(library, manifest.id, manifest.image, worst.map((i) => indices[i]!), manifest.revision);
  const bytes = width * height * 3;
  const images = worst.map((i, at): WorstImage => {
    const small = reduced(pixels.subarray(at * bytes, (at + 1) * bytes), { width, height });
    const scale = Math.max(1, Math.floor(80 / small.width));
    return {
      index: indices[i]!, label: classes[labels[i]!]!, answer: classes[reading.answers[i]!]!, confidence: reading.confidences[i]!, confidenceInLabel: probabilities[i * classes.length + labels[i]!]!,
      src: pngDataUri(small), width: small.width * scale, height: small.height * scale,
    };
  });
  return { mistakes: reading.images - reading.right, images };
}

/** Real draws: what training with this seed feeds for these images in its first epochs, by the same function. */
export async function augmentationStrips(library: string, manifest: DatasetManifest, policies: readonly Augmentation[], seed: number, indices: readonly number[], epochs = 7): Promise<AugmentationStrip[]> {
  const { width, height } = manifest.image;
  const bytes = width * height * 3;
  const pixels = await readImages(library, manifest.id, manifest.image, indices, manifest.revision);
  const augmenter = new Augmenter({ width, height });
  return policies.map((augmentation) => {
    const policy = new Policy(augmentation, { width, height }, seed);
    const tiles = indices.flatMap((index, i) => {
      const image = pixels.subarray(i * bytes, (i + 1) * bytes);
      const drawn = Array.from({ length: epochs }, (_, epoch) => {
        const out = new Uint8Array(bytes);
        augmentImage(policy, epoch + 1, index, augmenter, image, out);
        return out;
      });
      return [image, ...drawn].map((tile) => reduced(tile, { width, height }));
    });
    const sheet = tiled(tiles.map((tile) => tile.pixels), tiles[0]!, epochs + 1);
    return { augmentation, seed, epochs, images: indices.length, src: pngDataUri(sheet), width: sheet.width, height: sheet.height };
  });
}

/** An image averaged over squares of whole pixels until it is at most `widest` wide and high. */
export function reduced(pixels: Uint8Array, { width, height }: { readonly width: number; readonly height: number }): { readonly width: number; readonly height: number; readonly pixels: Uint8Array } {
  const factor = Math.ceil(Math.max(width, height) / widest);
  if (factor === 1) return { width, height, pixels };
  const [w, h] = [Math.max(1, Math.floor(width / factor)), Math.max(1, Math.floor(height / factor))];
  const out = new Uint8Array(w * h * 3);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      for (let c = 0; c < 3; c++) {
        let [sum, count] = [0, 0];
        for (let dy = 0; dy < factor && y * factor + dy < height; dy++) {
          for (let dx = 0; dx < factor && x * factor + dx < width; dx++) {
            sum += pixels[((y * factor + dy) * width + x * factor + dx) * 3 + c]!;
            count++;
          }
        }
        out[(y * w + x) * 3 + c] = Math.round(sum / count);
      }
    }
  }
  return { width: w, height: h, pixels: out };
}
