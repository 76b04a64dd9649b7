import { z } from 'zod';
import { fits } from '../core/images/prepare';

/** Layouts that images come in. */
const importKinds = ['class-folders', 'manifest', 'cifar10-binary', 'cifar10-python', 'cifar100-binary', 'cifar100-python', 'idx', 'npz', 'parquet'] as const;
export type ImportKind = (typeof importKinds)[number];

const importContainers = ['folder', 'zip', 'tar', 'tar.gz', 'file'] as const;
export type ImportContainer = (typeof importContainers)[number];

/** Why a file took no part, as a stable word. */
export type QuarantineReason = 'no-image' | 'truncated' | 'too-large' | 'damaged' | 'unsafe-name' | 'link' | 'unreadable' | 'missing' | 'bad-row' | 'decoder-crashed' | 'decoder-hung';

export interface Quarantined {
  /** As it is called in the source. */
  readonly file: string;
  readonly reason: QuarantineReason;
  /** Completes "FILE: …", in English. */
  readonly message: string;
}

/** What a person should know of a data set's origin, as a stable word with its numbers. */
const importWarningSchema = z.strictObject({
  code: z.enum(['validation-joined', 'validation-left-out', 'no-test', 'test-drawn', 'class-small', 'imbalance', 'grey', 'transparent', 'turned', 'many-sizes', 'enlarged', 'quarantined', 'class-missing-in-test', 'not-images', 'float-scaled']),
  count: z.int().min(0),
  /** Of a class, or what the count is of. */
  subject: z.string().nullable(),
});
export type ImportWarning = z.output<typeof importWarningSchema>;

/** How a validation folder is used: its images join those that a run's split is drawn from, are the test images, or take no part. */
export const validationUses = ['pool', 'test', 'leave-out'] as const;
export type ValidationUse = (typeof validationUses)[number];

export const importOptionsSchema = z.strictObject({
  /** As shown; any language. */
  name: z.string().trim().min(1).max(120),
  /** Of the stored images, width and height alike; null keeps the size where all images have one. */
  side: z.int().min(8).max(256).nullable(),
  fit: z.enum(fits),
  /** Share of the images that are set aside as the test set where none is given, 0 to 50. */
  testPercent: z.int().min(0).max(50),
  /** Of that draw. */
  seed: z.int().min(0),
  validation: z.enum(validationUses),
  licence: z.string().max(400),
});
export type ImportOptions = z.output<typeof importOptionsSchema>;

export interface SplitCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** An image of the source in its own size (at most 640 on its longer side), for a preview of what a fit does to it. */
export interface PlanSample {
  readonly file: string;
  readonly label: number;
  /** As stored in the file, after turning. */
  readonly width: number;
  readonly height: number;
  /** uint8 RGB of `shown`. */
  readonly pixels: Uint8Array;
  readonly shown: { readonly width: number; readonly height: number };
}

/** What was found, before work starts. */
export interface ImportPlan {
  readonly path: string;
  readonly kind: ImportKind;
  readonly container: ImportContainer;
  readonly classes: readonly string[];
  /** Images a class and split; empty where they are known only when all has been read. */
  readonly classCounts: readonly SplitCounts[];
  readonly counts: SplitCounts;
  /** Of an archive or a file as it lies there; null for a folder. */
  readonly sourceBytes: number | null;
  /** Files that are no images by their name or place: read me files, hidden files. */
  readonly ignored: number;
  /** Found so far: unsafe names and links of an archive. */
  readonly quarantined: readonly Quarantined[];
  /** Of some images that were looked at, shorter side: smallest, middle, largest; null for none. */
  readonly sides: { readonly least: number; readonly median: number; readonly most: number; readonly looked: number } | null;
  /** The size that all images have, by what the format says or by those looked at; null where they differ. */
  readonly commonSize: { readonly width: number; readonly height: number } | null;
  readonly suggested: Pick<ImportOptions, 'name' | 'side' | 'fit'>;
  /** Time for each image on this machine in one decoder, from those looked at; null where nothing is decoded. */
  readonly msPerImage: number | null;
  /** What the data set would take on the disk with the suggested size. */
  readonly bytes: number;
  readonly samples: readonly PlanSample[];
  /** An earlier import of the same that was cut off, and can go on. */
  readonly unfinished: { readonly done: number } | null;
}

export interface ImportProgress {
  readonly phase: 'read' | 'finish';
  readonly done: number;
  readonly total: number;
  readonly quarantined: number;
  readonly imagesPerSecond: number | null;
  readonly remainingMs: number | null;
}

/** Of an imported data set, in its manifest: how the images came, for the card and for whoever repeats it. */
export const importRecordSchema = z.strictObject({
  kind: z.enum(importKinds),
  container: z.enum(importContainers),
  fit: z.enum(fits),
  /** Images that were resampled; those of the very size were not. */
  resampled: z.int().min(0),
  testPercent: z.int(),
  seed: z.int(),
  validation: z.enum(validationUses),
  quarantined: z.int().min(0),
  /** Images a class, in the order of `classes`, exclusions included. */
  classCounts: z.strictObject({ train: z.array(z.int().min(0)), test: z.array(z.int().min(0)) }),
  /** Before resizing and after turning: pixels of width and height. */
  sizes: z.strictObject({ distinct: z.int().min(1), width: z.strictObject({ least: z.int(), median: z.int(), most: z.int() }), height: z.strictObject({ least: z.int(), median: z.int(), most: z.int() }) }),
  formats: z.record(z.string(), z.int().min(1)),
  grey: z.int().min(0),
  transparent: z.int().min(0),
  turned: z.int().min(0),
  warnings: z.array(importWarningSchema),
});
export type ImportRecord = z.output<typeof importRecordSchema>;

export interface ImportResult {
  readonly id: string;
  readonly revision: string;
  /** `same`: the library had this very content under the name; nothing was written. */
  readonly outcome: 'imported' | 'new-revision' | 'same';
  readonly counts: { readonly train: number; readonly test: number };
  readonly record: ImportRecord;
  /** The first of them; all are in `report`. */
  readonly quarantined: readonly Quarantined[];
  /** File with one line a quarantined file; null where there is none. */
  readonly report: string | null;
  readonly elapsedMs: number;
  /** Images that an import which was cut off had done before. */
  readonly resumedAt: number;
}
