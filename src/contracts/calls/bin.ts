/** What stands in the bin: a run, an experiment (its runs stand beside it), or the weights of a run whose record stayed. */
export interface BinItem {
  readonly kind: 'run' | 'experiment' | 'weights';
  readonly id: string;
  readonly name: string;
  /** That removing it frees. */
  readonly bytes: number;
  /** ISO 8601: since when it is there. */
  readonly since: string;
}

/** What one run takes of the disk. */
export interface RunSize {
  readonly id: string;
  readonly name: string;
  /** Checkpoints: what goes where only the record is to stay. */
  readonly weightsBytes: number;
  /** Config, curves, log, predictions and exports. */
  readonly recordBytes: number;
}

export interface BinCalls {
  /** Newest first. */
  'bin.list': { args: []; value: readonly BinItem[] };
  /** For good. */
  'bin.empty': { args: []; value: { readonly freedBytes: number } };
  /** Weights of runs to the bin, their records stay: `runs.restoreWeights` undoes it. Answers with the runs that had any. */
  'runs.binWeights': { args: [runIds: readonly string[]]; value: { readonly runIds: readonly string[]; readonly bytes: number } };
  'runs.restoreWeights': { args: [runIds: readonly string[]]; value: null };
  /** Largest first. */
  'storage.runs': { args: []; value: readonly RunSize[] };
}

export interface BinPushes {
  /** Something went into the bin or out of it. */
  'bin.changed': null;
}
