/** What an installed app lacks of its native runtime, and what getting it takes. */
export interface RuntimePlan {
  readonly variant: 'cpu' | 'gpu';
  /** What the libraries are for, as a part of a sentence: "the CPU" or a GPU's name. */
  readonly target: string;
  /** A GPU is in the machine and will not be used, and why; null else. */
  readonly warning: string | null;
  readonly tensorFlowVersion: string;
  readonly packages: number;
  /** All that is fetched. */
  readonly downloadBytes: number;
  /** Of it, what an earlier try has brought already. */
  readonly arrivedBytes: number;
  readonly diskBytes: number;
  readonly freeBytes: number;
  /** Host of the package index; null where none is known. */
  readonly from: string | null;
  readonly folder: string;
}

export interface RuntimeState {
  /** False in the project: there `npm run setup` makes the runtime. */
  readonly installed: boolean;
  /** Libraries that have been proven are there. */
  readonly ready: boolean;
  /** Ways to get it, the one for this machine first; none where nothing is missing, or nothing is fetched by the app. */
  readonly plans: readonly RuntimePlan[];
}

export interface RuntimeProgress {
  /** `checking` reads an offline pack; `proving` runs a small training step. */
  readonly phase: 'checking' | 'downloading' | 'unpacking' | 'proving';
  /** The package that is worked on. */
  readonly what: string;
  readonly doneBytes: number;
  readonly totalBytes: number | null;
}

export interface RuntimeCalls {
  'runtime.state': { args: []; value: RuntimeState };
  /** Fetches what a plan says, unpacks and proves it; progress is pushed. What was in use before stays until the new one has been proven. */
  'runtime.fetch': { args: [variant: 'cpu' | 'gpu']; value: RuntimeState };
  /** The same from an offline pack. @param path null asks for the file; answers null where the person cancelled the question */
  'runtime.usePack': { args: [path: string | null]; value: RuntimeState | null };
  /** Ends either; what has arrived is kept. The call that is ended answers `tool-cancelled`. */
  'runtime.cancel': { args: []; value: null };
}

export interface RuntimePushes {
  'runtime.progress': RuntimeProgress;
}
