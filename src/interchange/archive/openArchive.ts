import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CultivarError } from '../../contracts/errors';
import { parseJson } from '../../library/json';
import { FileProblem } from '../../weights/fileProblem';
import { openZip, type ZipFile } from '../../weights/zipFile';
import { archiveManifestName, archiveManifestSchema, placeOf, type ArchiveManifest } from './manifest';
import { checkCancelled, type ArchiveOptions } from './progress';

const longestManifest = 64 * 1024 * 1024;

export interface OpenArchive {
  readonly manifest: ArchiveManifest;
  /** Of all its files, unpacked. */
  readonly totalBytes: number;
  /** Unpacks every file below a folder and compares it with its hash. @throws CultivarError archive-damaged, archive-cancelled */
  unpack(folder: string, options: ArchiveOptions): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens an archive of Cultivar and checks its list: every entry is listed and belongs somewhere in a library, every listed file is there
 * with its size. Contents are checked as they are unpacked.
 * @throws CultivarError archive-damaged
 */
export async function openArchive(path: string): Promise<OpenArchive> {
  let zip: ZipFile | null = null;
  try {
    zip = await openZip(path);
    const manifest = await checkedManifest(zip);
    const opened = zip;
    return {
      manifest,
      totalBytes: Object.values(manifest.files).reduce((sum, { bytes }) => sum + bytes, 0),
      unpack: (folder, options) => unpackAll(opened, manifest, folder, options).catch((error: unknown) => { throw asDamaged(path, error); }),
      close: () => opened.close(),
    };
  } catch (error) {
    await zip?.close();
    throw asDamaged(path, error);
  }
}

async function checkedManifest(zip: ZipFile): Promise<ArchiveManifest> {
  const entry = zip.entries.get(archiveManifestName);
  if (!entry) throw new FileProblem('it is no archive of Cultivar: it has no list of its files');
  if (entry.uncompressedSize > longestManifest) throw new FileProblem('its list of files is too long');
  const manifest = parsed((await zip.read(entry, entry.uncompressedSize)).toString('utf8'));
  const listed = new Set(Object.keys(manifest.files));
  for (const name of zip.entries.keys()) {
    if (name !== archiveManifestName && !listed.has(name)) throw new FileProblem(`it holds ${JSON.stringify(name)}, which its list does not name`);
  }
  const ids = { runs: new Set(manifest.runs.map(({ id }) => id)), experiments: new Set(manifest.experiments.map(({ id }) => id)) };
  for (const [name, { bytes }] of Object.entries(manifest.files)) {
    const place = placeOf(name);
    if (!place || (place.kind !== 'weights' && !ids[place.kind].has(place.id))) throw new FileProblem(`${JSON.stringify(name)} belongs nowhere in a library`);
    const found = zip.entries.get(name);
    if (!found) throw new FileProblem(`${name} is missing`);
    if (found.uncompressedSize !== bytes) throw new FileProblem(`${name} has ${found.uncompressedSize} bytes instead of ${bytes}`);
  }
  for (const [kind, each] of Object.entries(ids)) {
    for (const id of each) if (!listed.has(`${kind}/${id}/manifest.json`)) throw new FileProblem(`${kind}/${id}/manifest.json is missing`);
  }
  return manifest;
}

function parsed(text: string): ArchiveManifest {
  let document: unknown;
  try {
    document = parseJson(text);
  } catch (error) {
    throw new FileProblem(`its list of files is no JSON (${(error as Error).message})`);
  }
  const version = (document as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version > 1) throw new FileProblem(`it has schema ${version}: it was written by a newer Cultivar`);
  const checked = archiveManifestSchema.safeParse(document);
  if (!checked.success) throw new FileProblem('its list of files is not as it should be');
  return checked.data;
}

async function unpackAll(zip: ZipFile, { files }: ArchiveManifest, folder: string, { onProgress, signal }: ArchiveOptions): Promise<void> {
  const totalBytes = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
  let doneBytes = 0;
  for (const [name, { bytes, sha256 }] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    const out = await open(path, 'wx');
    const hash = createHash('sha256');
    try {
      for await (const piece of zip.pieces(zip.entries.get(name)!, bytes)) {
        checkCancelled(signal);
        hash.update(piece);
        await out.writeFile(piece);
        onProgress?.({ phase: 'check', doneBytes: (doneBytes += piece.length), totalBytes });
      }
      if (hash.digest('hex') !== sha256) throw new FileProblem(`${name} has changed: its sha256 is not the recorded one`);
      await out.sync();
    } finally {
      await out.close();
    }
  }
}

const asDamaged = (path: string, error: unknown): unknown => (error instanceof FileProblem ? new CultivarError({
  code: 'archive-damaged',
  message: `${path} cannot be imported: ${error.message}.`,
  remedy: 'Nothing of it was placed in the library. Get the file again, or make the archive anew.',
}, { cause: error }) : error);
