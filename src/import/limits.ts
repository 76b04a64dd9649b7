/** What a source may be at most. Images of a person's own stay far below; files made to harm do not. */
export interface ImportLimits {
  /** Of one image file. */
  readonly fileBytes: number;
  /** Entries of an archive, files of a folder. */
  readonly entries: number;
  /** Of a packed source, unpacked; counted while it is read, whatever its headers say. */
  readonly unpackedBytes: number;
  /** Unpacked beside packed bytes, once `ratioFreeBytes` have been unpacked: the emptiest images in use stay below 100. */
  readonly ratio: number;
  readonly ratioFreeBytes: number;
  /** Of a list, a table's metadata, a pickle. */
  readonly listBytes: number;
  readonly imageMs: number;
}

export const importLimits: ImportLimits = {
  fileBytes: 256 * 1024 ** 2,
  entries: 5_000_000,
  unpackedBytes: 2 * 1024 ** 4,
  ratio: 200,
  ratioFreeBytes: 1024 ** 3,
  listBytes: 1024 ** 3,
  imageMs: 30_000,
};
