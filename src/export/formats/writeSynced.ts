import { open } from 'node:fs/promises';

/** Writes a new file, in parts, and waits for the disk. */
export async function writeSynced(path: string, ...parts: readonly (Uint8Array | string)[]): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for (const part of parts) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
}
