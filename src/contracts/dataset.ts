import { z } from 'zod';
import { labelBytes, mostClasses } from '../core/data/labels';
import { importRecordSchema } from './importing';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 in hexadecimal');
const storedFile = z.strictObject({ bytes: z.int().min(0), sha256 });

/** What `datasets/<id>/manifest.json` holds. Images lie in `images.bin` as uint8 NHWC, the training images first, then the test images. */
export const datasetManifestSchema = z.strictObject({
  /** 2: more than 256 classes, and two bytes a label. */
  schemaVersion: z.literal([1, 2]),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  /** As shown; any language. */
  name: z.string().min(1),
  classes: z.array(z.string().min(1)).min(2).max(mostClasses),
  image: z.strictObject({ width: z.int().min(1), height: z.int().min(1), channels: z.literal(3) }),
  counts: z.strictObject({ train: z.int().min(1), test: z.int().min(0) }),
  /** Images (by index) that take part in nothing. */
  exclusions: z.array(z.int().min(0)),
  /** Channel means and deviations of the training images, of pixels from 0 to 1: what the network's input is normalised with. */
  normalization: z.strictObject({ mean: z.array(z.number()).length(3), deviation: z.array(z.number().positive()).length(3) }),
  files: z.strictObject({ 'images.bin': storedFile, 'labels.bin': storedFile, 'sources.json': storedFile }),
  /** Names the content: pixels, labels, classes, counts and exclusions. Two data sets with one revision are the same. */
  revision: sha256,
  /** Where the images came from, and on what terms. */
  source: z.strictObject({ name: z.string(), reference: z.string(), integrity: z.string().nullable(), licence: z.string() }),
  createdAt: z.iso.datetime(),
  /** How images of a person's own came in; absent for those that Cultivar fetches. */
  import: importRecordSchema.optional(),
}).refine(({ schemaVersion, classes }) => schemaVersion === labelBytes(classes.length), 'labels of two bytes are schema 2, and only those');

export type DatasetManifest = z.output<typeof datasetManifestSchema>;

/** A file of images, from which each is read by its place when it is wanted. */
export interface ImageFile {
  readonly path: string;
  readonly bytes: number;
}

/** All images of a data set; plain data over shared memory, so that worker threads get it without a copy. `data/imageReader` reads an image of it. */
export interface ImageStore {
  /** uint8 NHWC: image i starts at i * height * width * channels. In memory, or on the disk where it is too large for that. */
  readonly pixels: Uint8Array<SharedArrayBuffer> | ImageFile;
  /** Class of each image. */
  readonly labels: Uint8Array<SharedArrayBuffer> | Uint16Array<SharedArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly channels: 3;
}

/** A stretch of consecutive images: first index and how many. */
interface ImageRange {
  readonly start: number;
  readonly count: number;
}

export interface OpenDataset {
  readonly manifest: DatasetManifest;
  readonly store: ImageStore;
  readonly classes: readonly string[];
  /** As delivered; validation images are taken out of `train` by a run's split. */
  readonly splits: { readonly train: ImageRange; readonly test: ImageRange };
  readonly revision: string;
}

/** How far getting a data set is. `totalBytes` is null where it is not known. */
export interface DatasetProgress {
  readonly phase: 'download' | 'verify' | 'unpack' | 'decode' | 'write';
  readonly doneBytes: number;
  readonly totalBytes: number | null;
}

/** Images of a data set with their classes. */
export interface SampleImages {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** uint8 NHWC, three channels. */
  readonly pixels: Uint8Array;
  readonly labels: readonly number[];
  /** Index of each in its data set. */
  readonly indices: readonly number[];
}
