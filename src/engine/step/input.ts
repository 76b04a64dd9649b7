import { CultivarError } from '../../contracts/errors';
import type { Feed } from '../backend';
import type { Graph, Value } from '../graph/graph';
import { bitcast, cast, multiply, reshape, slice, subtract } from '../graph/ops';
import { imageBytes, type Batch, type NetworkSpec } from './spec';

/** int32 words that hold one image; the last one is padded where 4 does not divide the bytes. */
const imageWords = (spec: NetworkSpec): number => Math.ceil(imageBytes(spec) / 4);

export interface BatchInputs {
  /** [n, words] int32: the bytes of an image in each row. */
  readonly pixels: Value;
  /** [n] int32 */
  readonly labels: Value;
  /** [n, height, width, channels] float32, normalised. */
  readonly images: Value;
  /** Where labels are mixed: `labels` hold the class of the larger weight, `others` [n] int32 the other one; `weight` is that of `labels`. */
  readonly mixed: { readonly others: Value; readonly weight: Value } | null;
  /** Placeholders of a training batch, by the names of `trainingFeeds`. */
  readonly training: Readonly<Record<string, Value>>;
}

/** The batch's placeholders, and the images as the network sees them. tfjs has no uint8: the bytes come as an int32 view. */
export function batchInputs(graph: Graph, spec: NetworkSpec): BatchInputs {
  const words = imageWords(spec);
  const pixels = graph.placeholder('pixels', 'int32', [-1, words]);
  const labels = graph.placeholder('labels', 'int32', [-1]);
  let bytes = reshape(graph, bitcast(graph, pixels, 'uint8'), [-1, words * 4]);
  if (words * 4 !== imageBytes(spec)) bytes = slice(graph, bytes, [0, 0], [-1, imageBytes(spec)]);
  const image = reshape(graph, bytes, [-1, spec.height, spec.width, spec.channels]);
  const channels = [spec.channels];
  const centred = subtract(graph, cast(graph, image, 'float32'), graph.constant('float32', channels, spec.mean.map((m) => 255 * m)));
  const images = multiply(graph, centred, graph.constant('float32', channels, spec.deviation.map((d) => 1 / (255 * d))));
  if (!spec.mixesLabels) return { pixels, labels, images, mixed: null, training: { pixels, labels } };
  const others = graph.placeholder('otherLabels', 'int32', [-1]);
  const weight = scalarInput(graph, 'labelWeight');
  return { pixels, labels, images, mixed: { others, weight: weight.value }, training: { pixels, labels, otherLabels: others, labelWeight: weight.placeholder } };
}

/**
 * A batch as feeds, after the checks that TensorFlow would not make.
 * @throws CultivarError 'internal' for an empty batch, a byte count that does not fit or a label that is no class
 */
export function batchFeeds(spec: NetworkSpec, { pixels, labels }: Batch): { pixels: Feed; labels: Feed } {
  const fail = (message: string) => new CultivarError({ code: 'internal', message: `This batch cannot be fed: ${message}` });
  const count = labels.length;
  if (count === 0) throw fail('it is empty.');
  if (pixels.length !== count * imageBytes(spec)) {
    throw fail(`${count} images take ${count * imageBytes(spec)} bytes, not ${pixels.length}.`);
  }
  for (const label of labels) {
    if (label < 0 || label >= spec.classes) throw fail(`label ${label} is not one of ${spec.classes} classes.`);
  }
  return {
    pixels: { data: pixelWords(pixels, count, imageBytes(spec)), shape: [count, imageWords(spec)] },
    labels: { data: labels, shape: [count] },
  };
}

/** As `batchFeeds`, with the mixture of labels where the network takes one: a batch that is not mixed has all the weight on its own. */
export function trainingFeeds(spec: NetworkSpec, batch: Batch): Record<string, Feed> {
  if (!spec.mixesLabels) return batchFeeds(spec, batch);
  const { others, weight } = batch.mix ?? { others: batch.labels, weight: 1 };
  // What counts as right is the class of the larger weight; at equal weights, the image's own.
  const [larger, smaller] = weight >= 0.5 ? [batch.labels, others] : [others, batch.labels];
  const feeds = batchFeeds(spec, { pixels: batch.pixels, labels: larger });
  batchFeeds(spec, { pixels: batch.pixels, labels: smaller }); // the same checks
  return { ...feeds, otherLabels: { data: smaller, shape: [smaller.length] }, labelWeight: scalarFeed(Math.max(weight, 1 - weight)) };
}

/** The bytes as words, without a copy where alignment and size allow it. */
function pixelWords(pixels: Uint8Array, count: number, bytes: number): Int32Array {
  const rowBytes = Math.ceil(bytes / 4) * 4;
  if (rowBytes === bytes && pixels.byteOffset % 4 === 0) {
    return new Int32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
  }
  const padded = new Uint8Array(count * rowBytes);
  for (let i = 0; i < count; i++) padded.set(pixels.subarray(i * bytes, (i + 1) * bytes), i * rowBytes);
  return new Int32Array(padded.buffer);
}

/** A float fed as the bits of an int32. */
export const scalarFeed = (value: number): Feed => ({ data: new Int32Array(Float32Array.of(value).buffer), shape: [] });

/** The placeholder of a float fed by `scalarFeed`, and its value. */
export function scalarInput(graph: Graph, name: string): { placeholder: Value; value: Value } {
  const placeholder = graph.placeholder(name, 'int32', []);
  return { placeholder, value: bitcast(graph, placeholder, 'float32') };
}
