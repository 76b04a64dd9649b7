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

export interface DatasetCalls {
  /** CIFAR-10 first, then by name; what cannot be read is left out. */
  'dataset.list': { args: []; value: readonly ListedDataset[] };
  /** Looks at a folder, an archive or a file and says what it holds. @param path of what was dropped; null asks. Answers null where the person cancelled the question. */
  'dataset.planImport': { args: [path: string | null, ask: 'folder' | 'file']; value: ImportPlan | null };
  /** Imports what was planned; progress is pushed. */
  'dataset.import': { args: [path: string, options: ImportOptions]; value: ImportResult };
  'dataset.cancelImport': { args: []; value: null };
  /** For good; refused with the names of runs that use it. */
  'dataset.remove': { args: [datasetId: string]; value: null };
}

export interface DatasetPushes {
  'dataset.importProgress': ImportProgress;
}
