import type { RgbImage } from '../core/images/resample';
import type { Size } from '../core/images/prepare';
import type { ImportKind, Quarantined, SplitCounts } from '../contracts/importing';
import type { OpenEntry } from './containers/container';
import type { EntryProblem } from './problems';

export type GivenSplit = keyof SplitCounts;

type ItemContent =
  /** An image file, still packed. */
  | { readonly kind: 'file'; readonly open: OpenEntry }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Already decoded: of a table of pixels. */
  | { readonly kind: 'pixels'; readonly image: RgbImage; readonly grey: boolean; readonly alpha: boolean }
  | { readonly kind: 'problem'; readonly problem: EntryProblem };

/** An image with what the source says of it. */
export interface SourceItem {
  readonly name: string;
  readonly split: GivenSplit;
  /** Index into the source's classes. */
  readonly label: number;
  readonly content: ItemContent;
}

/** Images of any layout, in an order that is the same each time. */
export interface ImportSource {
  readonly kind: ImportKind;
  readonly classes: readonly string[];
  /** Images a class and split, where they are known before all has been read; else empty. */
  readonly classCounts: readonly SplitCounts[];
  readonly counts: SplitCounts;
  readonly ignored: number;
  readonly quarantined: readonly Quarantined[];
  /** Where the format says that all have one. */
  readonly size: Size | null;
  /** Whether images have to be decoded, or are pixels already. */
  readonly encoded: boolean;
  /** Values were numbers from 0 to 1, and are brought to whole numbers from 0 to 255. */
  readonly scaled?: boolean;
  /** @param from items to pass over */
  items(from: number): AsyncGenerator<SourceItem>;
  /** Some items all over the source, cheaply; for a preview. */
  some(count: number): AsyncGenerator<SourceItem>;
}

export const itemsOf = ({ counts }: Pick<ImportSource, 'counts'>): number => counts.train + counts.validation + counts.test;


/** Counts a class and split. */
export function tally(classes: number, items: Iterable<{ readonly label: number; readonly split: GivenSplit }>): { classCounts: SplitCounts[]; counts: SplitCounts } {
  const classCounts = Array.from({ length: classes }, () => ({ train: 0, validation: 0, test: 0 }));
  const counts = { train: 0, validation: 0, test: 0 };
  for (const { label, split } of items) {
    classCounts[label]![split] += 1;
    counts[split] += 1;
  }
  return { classCounts, counts };
}

const splitWords: Readonly<Record<GivenSplit, readonly string[]>> = {
  train: ['train', 'training', 'trn', 'train_images', 'trainset'],
  validation: ['val', 'valid', 'validation', 'dev', 'validate', 'valset'],
  test: ['test', 'testing', 'tst', 'eval', 'evaluation', 't10k', 'testset'],
};

/** The split that a word means; null for none. */
export function splitOf(word: string): GivenSplit | null {
  const plain = word.trim().toLowerCase();
  return (Object.keys(splitWords) as GivenSplit[]).find((split) => splitWords[split].includes(plain)) ?? null;
}

/** The split that a file's name begins with, up to its first mark: `train-00000-of-00002`, `test.csv`. */
export const splitOfName = (name: string): GivenSplit | null => splitOf(/^[a-z0-9]+/i.exec(name.split('/').at(-1)!)?.[0] ?? '');

/** Indices spread evenly over `length`. */
export const spread = (length: number, count: number): number[] => {
  const taken = Math.min(length, count);
  return Array.from({ length: taken }, (_, i) => Math.floor(((i + 0.5) * length) / taken));
};
