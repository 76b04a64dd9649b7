import { open, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainerEvent } from '../core/run/events';
import { asStorageError, syncFolder, writeJsonAtomic } from './atomic';
import { putBackAside } from './checkpoints';
import { readEvents, type StoredEvents } from './events';
import { stringifyJson } from './json';
import { acquireLock, type Lock } from './lock';
import { runFolder, runLockFile } from './paths';
import { eventsFile, readRunManifest } from './runs';
import { runManifestSchema, type RunManifest } from './runManifest';

/** The one writer of a run folder. It holds the run's lock until it is closed. */
export interface RunWriter {
  readonly manifest: RunManifest;
  /** What was stored before, and whether its last line was torn (it has been cut off). */
  readonly stored: StoredEvents;
  /** A lock that a dead process had left behind; tell the user. */
  readonly broke: Lock['broke'];
  /** Changes fields of the manifest and writes it. */
  update(change: Partial<Omit<RunManifest, 'schemaVersion' | 'id'>>): Promise<RunManifest>;
  /** Appends events. Steps and rates are left to the system's buffers; with any other event the disk has them all on return. */
  append(...events: readonly TrainerEvent[]): Promise<void>;
  /** Has the disk hold all that was appended. @throws CultivarError a storage error */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a run for writing. A run left as `running` by a process that died is recorded as `interrupted`, a torn last event is cut off,
 * and a checkpoint that was being replaced is put back.
 * @throws CultivarError run-unknown, run-damaged, run-locked, or a storage error
 */
export async function openRunWriter(library: string, id: string, purpose: string): Promise<RunWriter> {
  await readRunManifest(library, id);
  const lock = await acquireLock(runLockFile(library, id), purpose);
  let events: FileHandle | undefined;
  try {
    let manifest = await readRunManifest(library, id);
    await putBackAside(library, id);
    const stored = await readEvents(library, id);
    const path = eventsFile(library, id);
    if (stored.torn) await truncate(path, stored.wholeBytes);
    events = await open(path, 'a');
    await syncFolder(runFolder(library, id));
    const file = events;

    const update: RunWriter['update'] = async (change) => {
      const next = runManifestSchema.parse({ ...manifest, ...change });
      await writeJsonAtomic(join(runFolder(library, id), 'manifest.json'), next);
      manifest = next;
      return next;
    };
    if (manifest.status === 'running') await update({ status: 'interrupted' });

    // One after another, so that lines never mix.
    let wholeBytes = stored.wholeBytes;
    let last: Promise<void> = Promise.resolve();
    const append: RunWriter['append'] = (...batch) => {
      const lines = batch.map((event) => `${stringifyJson(event)}\n`).join('');
      const write = last.then(async () => {
        try {
          if (lines) await file.appendFile(lines);
          wholeBytes += Buffer.byteLength(lines);
          if (batch.some(({ type }) => type !== 'steps' && type !== 'rate')) await file.datasync();
        } catch (error) {
          // Half a line, with a next one behind it, would be damage.
          await file.truncate(wholeBytes).catch(() => undefined);
          throw asStorageError(error, runFolder(library, id));
        }
      });
      last = write.catch(() => undefined);
      return write;
    };
    return {
      get manifest() { return manifest; },
      stored, broke: lock.broke, update, append,
      sync: () => file.datasync().catch((error: unknown) => {
        throw asStorageError(error, runFolder(library, id));
      }),
      close: async () => {
        await last;
        await file.close();
        await lock.release();
      },
    };
  } catch (error) {
    await events?.close();
    await lock.release();
    throw asStorageError(error, runFolder(library, id));
  }
}
