import type { InspectedData, InspectionSource } from '../contracts/calls/inspection';
import type { Augmentation } from '../core/config/augmentation';
import { Session, sheetOf, type DrawnImage, type Sheet } from '../core/inspection';
import type { Locale } from '../core/text/format';
import { inspectionImages, openInspection } from '../data/inspection';

export interface SheetRequest {
  readonly source: InspectionSource;
  /** Of the image in its data set. */
  readonly index: number;
  /** null: the run's; crop and flip of a data set. */
  readonly augmentation: Augmentation | null;
  /** null: the run's; 1 of a data set. */
  readonly seed: number | null;
  /** The first of `draws` epochs; null: the run's first. */
  readonly epoch: number | null;
  readonly draws: number;
}

export interface MadeSheet {
  readonly sheet: Sheet;
  readonly data: InspectedData;
  readonly augmentation: Augmentation;
  readonly seed: number;
  readonly drawn: readonly DrawnImage[];
}

/**
 * An image as training feeds it, epoch after epoch.
 * @throws CultivarError run-unknown, dataset-unknown, dataset-damaged, config-invalid; usage for a test image or one that is not there
 */
export async function augmentSheet(library: string, { source, index, epoch, draws, ...asked }: SheetRequest, locale: Locale): Promise<MadeSheet> {
  const data = await openInspection(library, source);
  const { run, labels, classes, datasetId, revision } = data;
  const augmentation = asked.augmentation ?? run?.augmentation ?? 'crop-flip';
  const seed = asked.seed ?? run?.seed ?? 1;
  const first = epoch ?? (run?.epochsBefore ?? 0) + 1;
  const places = Array.from({ length: draws }, (_, i) => ({ epoch: first + i, index }));
  const session = new Session(data);
  const needed = [...new Set([index, ...session.needs(augmentation, seed, places)])];
  const { pixels } = await inspectionImages(library, datasetId, revision, needed);
  const bytes = data.width * data.height * 3;
  const pixelsOf = (of: number) => pixels.subarray(needed.indexOf(of) * bytes, (needed.indexOf(of) + 1) * bytes);
  const taken: Uint8Array[] = [];
  const drawn = session.draws(augmentation, seed, places, pixelsOf, (tile) => taken.push(Uint8Array.from(tile)));
  const tiles = drawn.map((one, i) => ({ drawn: one, pixels: taken[i]! }));
  const sheet = sheetOf({ dataset: data.datasetName, size: data, original: pixelsOf(index), index, labelOf: (of) => labels[of]!, classes, trained: data.train.includes(index), batchSize: data.batchSize, augmentation, seed, tiles }, locale);
  return { sheet, data, augmentation, seed, drawn };
}
