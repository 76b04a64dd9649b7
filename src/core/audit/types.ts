/** `exact`: every byte of the pixels is equal. `near`: the same photograph, after small changes. */
export type DuplicateKind = 'exact' | 'near';

/** Splits as a data set is delivered: a run takes its validation images out of `train`. */
export type DeliveredSplit = 'train' | 'test';

/** Two images of a data set that show the same. */
export interface DuplicatePair {
  /** Index in the data set, the smaller one; training images come first, then the test images. */
  readonly a: number;
  readonly b: number;
  readonly kind: DuplicateKind;
  /**
   * 0 for equal pixels, else 1 − r, where r is the mean correlation of both images' colours and fine detail after the best shift and mirroring:
   * brightness and contrast do not count. From 0 to 1; what is seen as the same photograph lies below `method.threshold`.
   */
  readonly distance: number;
  /** b is mirrored left to right to look like a. */
  readonly mirrored: boolean;
  /** By how many pixels of the data set's size b (once mirrored) is moved right and down to look like a. */
  readonly shift: readonly [right: number, down: number];
}

/** What was looked for, and how. */
export interface AuditMethod {
  /** Raised when the same images could give other pairs. */
  readonly version: number;
  /** Pairs up to this distance count as near duplicates, unless a person chooses otherwise. */
  readonly threshold: number;
  /** Pairs are kept up to this distance, so that a threshold can be chosen afterwards. */
  readonly keptUpTo: number;
  /** null: only exact duplicates were looked for. */
  readonly near: {
    /** Numbers that stand for an image in the first stage. */
    readonly features: number;
    /** Correlation of two blurred pictures from which on they were compared closely. */
    readonly candidateCosine: number;
    /** Largest shift tried, in pixels of the 32 × 32 thumbnails that are compared. */
    readonly shiftPixels: number;
    /** Images among which every pair was compared: all, or all test images and an even part of the others in a very large set. */
    readonly images: number;
  } | null;
}

/** Images of a kind: all of them are counted, the first (by index) are listed. */
export interface AuditedImages {
  readonly count: number;
  readonly indices: readonly number[];
}

/** What an audit of one revision of a data set found, without any network. */
export interface DatasetAudit {
  readonly schemaVersion: 1;
  readonly datasetId: string;
  readonly revision: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly elapsedMs: number;
  readonly counts: { readonly train: number; readonly test: number };
  readonly classes: readonly string[];
  readonly method: AuditMethod;
  /** Exact ones first, then by distance. */
  readonly pairs: readonly DuplicatePair[];
  /** Pairs that are not kept because there were too many; the farthest ones. 0: all are here. */
  readonly pairsLeftOut: number;
  /** Images that have so many twins that not every pair of them was compared; empty: every pair was. */
  readonly notComparedInFull: AuditedImages;
  /** Three equal channels in every pixel; constant ones are not counted again. */
  readonly grey: AuditedImages;
  /** One colour throughout. */
  readonly constant: AuditedImages;
  /** Deviation of brightness below `nearConstantDeviation` (of 255): hardly anything can be seen. */
  readonly nearConstant: AuditedImages;
  /** Images a class. */
  readonly classCounts: { readonly train: readonly number[]; readonly test: readonly number[] };
  /** Class of each image that `pairs` names, by its index. */
  readonly labels: Readonly<Record<number, number>>;
}

/** How far an audit is. */
export interface AuditProgress {
  readonly phase: 'read' | 'exact' | 'features' | 'compare' | 'verify' | 'store';
  readonly done: number;
  readonly total: number;
  /** null until it can be told. */
  readonly remainingMs: number | null;
}

/** Splits of a run: its own validation images apart. */
export type RunSplit = 'train' | 'validation' | 'test';

/** Twins between two of a run's splits. */
export interface LeakGroup {
  readonly between: 'train-validation' | 'train-test' | 'validation-test';
  /** Pairs of each kind. */
  readonly exact: number;
  readonly near: number;
  /** Different images of the second split of `between` that have a twin in the first. */
  readonly images: number;
}

export interface LeakPair extends DuplicatePair {
  readonly splits: readonly [of: RunSplit, ofB: RunSplit];
  /** Class of each. */
  readonly labels: readonly [number, number];
}

/** What a run's own split leaves of the twins in its data set. */
export interface SplitLeaks {
  readonly datasetId: string;
  readonly revision: string;
  readonly splitSeed: number;
  readonly validationImages: number;
  /** `none`: no audit was made. `exact`: only equal pixels were looked for. `whole`: near duplicates too. */
  readonly audit: 'none' | 'exact' | 'whole';
  readonly auditedAt: string | null;
  /** Of the near duplicates counted here. */
  readonly threshold: number | null;
  /** The list that this config leaves out, and how many of its images would have been in each split; null without one. */
  readonly excluded: { readonly list: string; readonly sha256: string; readonly images: Readonly<Record<RunSplit, number>> } | null;
  /** Always all three, in this order: train-validation, train-test, validation-test. */
  readonly groups: readonly LeakGroup[];
  /** Across splits, exact ones first, then by distance; at most 500. */
  readonly pairs: readonly LeakPair[];
  readonly classes: readonly string[];
}

/** An image whose label the network doubts. */
export interface LabelIssue {
  /** Index in the data set. */
  readonly index: number;
  readonly given: number;
  /** The class that the network gives it: the most likely one among those whose threshold it reaches. */
  readonly suggested: number;
  /** Of the given class: its self-confidence, from 0 to 1. */
  readonly givenProbability: number;
  readonly suggestedProbability: number;
}

/** Likely label errors by confident learning (Northcutt et al., 2021, arXiv 1911.00068), from one run's predictions. */
export interface LabelAudit {
  readonly runId: string;
  readonly datasetId: string;
  readonly dataRevision: string;
  readonly step: number;
  /** Images that were not trained on; training images' own predictions would say that every label is right. */
  readonly split: 'validation' | 'test';
  readonly images: number;
  readonly classes: readonly string[];
  /** Mean self-confidence of each class; null where a class has no image. */
  readonly thresholds: readonly (number | null)[];
  /** Estimated counts, [given][true], scaled to the images there are. */
  readonly confidentJoint: readonly (readonly number[])[];
  /** Estimated share of wrong labels, 0 to 1. */
  readonly noiseShare: number;
  /** Worst first: lowest normalised margin, which is the given class's probability less the largest other. */
  readonly issues: readonly LabelIssue[];
}

/** What a person says of an image with a doubted label. */
export const labelMarks = ['right', 'exclude', 'unsure'] as const;
export type LabelMark = (typeof labelMarks)[number];

/** A list of images that take part in no training and no validation. A changed list is another list: its hash names it. */
export interface ExcludeList {
  /** As shown; any language. */
  readonly name: string;
  /** Of its images: what a run's config holds. */
  readonly sha256: string;
  readonly createdAt: string;
  readonly counts: Readonly<Record<DeliveredSplit, number>>;
  /** Runs whose config names this very list. */
  readonly usedBy: readonly { readonly runId: string; readonly name: string }[];
}
