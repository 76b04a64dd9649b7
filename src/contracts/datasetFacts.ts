import { z } from 'zod';
import type { ClassBalance } from '../core/data/balance';
import type { ImportRecord, ImportWarning, Quarantined } from './importing';

/** What a person writes down about a data set of their own; it changes no content and so no revision. */
export const datasetNoteSchema = z.strictObject({
  /** Anything: who labelled it, what to look out for. */
  note: z.string().max(4000),
  /** Where the images are from. */
  source: z.string().max(400),
  licence: z.string().max(400),
});
export type DatasetNote = z.output<typeof datasetNoteSchema>;

/** Of the training images' pixels, from 0 to 1. */
export interface ChannelFacts {
  /** Images that the figures are over: all training images, without exclusions taken out. */
  readonly images: number;
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** Share of pixels by value, red, green and blue: 64 bins of 4 values each. */
  readonly histogram: readonly (readonly number[])[];
}

interface ClassFacts {
  readonly name: string;
  readonly train: number;
  readonly test: number;
}

/** A stretch of the data set as it is delivered. */
export interface SplitFacts {
  readonly split: 'train' | 'test';
  readonly images: number;
  /** Over its pixels, then its labels, as they lie in the files. */
  readonly sha256: string;
}

/** How training images are shared out: what a new run does unless told otherwise, and what runs of this revision do. */
export interface ValidationFacts {
  readonly images: number;
  readonly seed: number;
  /** A list of images that are left out, by its name; null for none. */
  readonly excludeList: string | null;
  /** Of what is left to train on. */
  readonly trainImages: number;
  /** Validation images a class: least and most. */
  readonly aClass: { readonly least: number; readonly most: number };
  /** Over the indices of the validation images, ascending, as uint32 little endian. */
  readonly sha256: string;
  readonly runs: number;
  /** What a new run takes. */
  readonly usual: boolean;
}

interface TestOpeningFacts {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly experimentId: string | null;
  readonly armKey: string | null;
  readonly purpose: string;
  readonly runs: readonly { readonly id: string; /** Empty where the run is gone. */ readonly name: string }[];
}

export interface TestFacts {
  readonly images: number;
  /** `given` with the images, or `drawn` at the import (stratified), or there is `none`. */
  readonly origin: 'given' | 'drawn' | 'none';
  /** Of the draw; null where it was given. */
  readonly drawn: { readonly percent: number; readonly seed: number } | null;
  readonly openings: readonly TestOpeningFacts[];
}

/** The file that an image came in. */
export interface ImageSource {
  /** Its path in the folder or archive that was imported. */
  readonly file: string;
  /** Which image of a file that holds many, from 0; null where the file is the image. */
  readonly place: number | null;
  /** Before resizing, in pixels; null where it is not recorded. */
  readonly width: number | null;
  readonly height: number | null;
}

export interface RevisionFacts {
  readonly revision: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly current: boolean;
  readonly images: number;
  readonly bytes: number;
  readonly runs: readonly { readonly id: string; readonly name: string }[];
}

/** All that is known of a data set's revision: what the window's card shows, and `dataset show --json` prints. */
export interface DatasetFacts {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly name: string;
  readonly revision: string;
  readonly current: boolean;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Stored, in pixels. */
  readonly image: { readonly width: number; readonly height: number };
  /** Of the stored files. */
  readonly bytes: number;
  readonly counts: { readonly train: number; readonly test: number; readonly excluded: number };
  readonly classes: readonly ClassFacts[];
  /** Of the training images. */
  readonly balance: ClassBalance;
  readonly channels: ChannelFacts;
  /** What a network's input is normalised with: those figures, rounded. */
  readonly normalization: { readonly mean: readonly number[]; readonly deviation: readonly number[] };
  readonly splits: readonly SplitFacts[];
  readonly validation: readonly ValidationFacts[];
  readonly test: TestFacts;
  /** How a person's own images came in; null for CIFAR-10 as Cultivar fetches it. */
  readonly imported: Omit<ImportRecord, 'classCounts' | 'warnings'> | null;
  readonly warnings: readonly ImportWarning[];
  readonly quarantined: {
    readonly count: number;
    /** The first of them. */
    readonly files: readonly Quarantined[];
    /** File with a line each; null where there is none. */
    readonly report: string | null;
  };
  readonly source: { readonly name: string; readonly reference: string; readonly licence: string };
  /** null for what Cultivar fetches, which is not the person's to describe. */
  readonly note: DatasetNote | null;
  readonly revisions: readonly RevisionFacts[];
}
