/** What a person wrote of a run or an experiment. It changes no result, no hash and no config. */
export interface Remarks {
  readonly note: string;
  /** In the order in which they were added. */
  readonly tags: readonly string[];
  /** Of an experiment that stands in the sidebar. */
  readonly pinned: boolean;
}

export interface RemarksOf {
  readonly kind: 'run' | 'experiment';
  readonly id: string;
}

/** Tags as what is added and removed, so that two who change them at once lose nothing of each other's. */
export interface RemarksChange {
  readonly note?: string;
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly pinned?: boolean;
}

/** By id; what has no remarks is left out. */
export interface LibraryRemarks {
  readonly runs: Readonly<Record<string, Remarks>>;
  readonly experiments: Readonly<Record<string, Remarks>>;
}

export interface RemarksCalls {
  'remarks.list': { args: []; value: LibraryRemarks };
  /** Answers with what stood before, for undo, and what stands now. */
  'remarks.change': { args: [of: RemarksOf, change: RemarksChange]; value: { readonly before: Remarks; readonly after: Remarks } };
}

export interface RemarksPushes {
  'remarks.changed': { readonly of: RemarksOf; readonly remarks: Remarks };
}
