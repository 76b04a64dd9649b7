import type { ImportContainer, Quarantined } from '../../contracts/importing';

/** A file inside a folder or an archive. */
export interface Entry {
  /** Relative, with forward slashes. */
  readonly name: string;
  /** null where it is known only when it is read. */
  readonly bytes: number | null;
}

/** Content of an entry that is being read in order; one that is not wanted need not be read. */
export interface OpenEntry {
  readonly entry: Entry;
  /** Where it lies as a file of its own: whoever decodes it may read it. */
  readonly path: string | null;
  /** @throws EntryProblem where it is larger than `most`, or is damaged */
  read(most: number): Promise<Buffer>;
  /** In pieces, for tables that are larger than memory. */
  pieces(): AsyncIterable<Buffer>;
}

/** A folder or an archive: what is in it, and its files in a fixed order. Nothing is ever written from it under a name of its own. */
export interface Container {
  readonly kind: ImportContainer;
  readonly path: string;
  /** Plain files with safe names. */
  readonly entries: readonly Entry[];
  /** Links, unsafe names. */
  readonly quarantined: readonly Quarantined[];
  /** Bytes of the source as it lies on the disk; of a folder null. */
  readonly packedBytes: number | null;
  /** Those of `wanted` (indices into `entries`, ascending), one after another. */
  open(wanted: readonly number[]): AsyncGenerator<OpenEntry>;
  close(): Promise<void>;
}

/** Counts what comes out of a packed source, and refuses one that explodes. */
export interface Unpacked {
  add(bytes: number): void;
}
