import type { DatasetManifest } from '../dataset';
import type { DatasetFacts, DatasetNote, ImageSource } from '../datasetFacts';
import type { ImportOptions, ImportPlan, ImportProgress, ImportResult } from '../importing';

/** A data set as lists show it. */
export interface ListedDataset {
  readonly id: string;
  readonly name: string;
  readonly classes: number;
  readonly counts: { readonly train: number; readonly test: number };
  readonly image: { readonly width: number; readonly height: number };
  readonly revision: string;
  /** Of a person's own images. */
  readonly imported: boolean;
  readonly createdAt: string;
}

/** Some images of a data set. */
export interface ImagePage {
  readonly width: number;
  readonly height: number;
  /** Images that there are to page through. */
  readonly total: number;
  readonly indices: readonly number[];
  readonly labels: readonly number[];
  /** uint8 NHWC, three channels. */
  readonly pixels: Uint8Array;
}

export interface DatasetCalls {
  /** CIFAR-10 first, then by name; what cannot be read is left out. */
  'dataset.list': { args: []; value: readonly ListedDataset[] };
  /** Looks at a folder, an archive or a file and says what it holds. @param path of what was dropped; null asks. Answers null where the person cancelled the question. */
  'dataset.planImport': { args: [path: string | null, ask: 'folder' | 'file']; value: ImportPlan | null };
  /** Imports what was planned; progress is pushed. */
  'dataset.import': { args: [path: string, options: ImportOptions]; value: ImportResult };
  'dataset.cancelImport': { args: []; value: null };
  /** For good; refused with the names of runs that use it. @param revision null: all of it */
  'dataset.remove': { args: [datasetId: string, revision: string | null]; value: null };
  /** All that is known of a revision. @param revision null: the current one */
  'dataset.facts': { args: [datasetId: string, revision: string | null]; value: DatasetFacts };
  /** Every revision that the library holds, the one that new runs are made on first. */
  'dataset.revisions': { args: [datasetId: string]; value: readonly DatasetManifest[] };
  /** Where an image came from; null where that was not recorded. */
  'dataset.source': { args: [datasetId: string, revision: string, index: number]; value: ImageSource | null };
  /** Training images of a class (null: of all), at most 512 from the `from`-th of them. */
  'dataset.page': { args: [datasetId: string, revision: string, label: number | null, from: number, count: number]; value: ImagePage };
  /** What the person knows of their own images. */
  'dataset.describe': { args: [datasetId: string, note: DatasetNote]; value: null };
}

export interface DatasetPushes {
  'dataset.importProgress': ImportProgress;
}
