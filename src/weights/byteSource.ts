import { open } from 'node:fs/promises';
import { FileProblem } from './fileProblem';

/** A file that is read in pieces. */
export interface ByteSource {
  readonly size: number;
  /** @throws FileProblem where the file has no such bytes */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

export async function openFile(path: string): Promise<ByteSource> {
  const file = await open(path, 'r');
  const info = await file.stat();
  if (!info.isFile()) {
    await file.close();
    throw new FileProblem('it is no file');
  }
  return {
    size: info.size,
    read: async (offset, length) => {
      if (offset < 0 || offset + length > info.size) throw new FileProblem('it ends too early');
      const bytes = Buffer.allocUnsafe(length);
      for (let at = 0; at < length;) {
        // One read of the system takes 2 GiB at most.
        const { bytesRead } = await file.read(bytes, at, Math.min(length - at, 1 << 28), offset + at);
        if (bytesRead === 0) throw new FileProblem('it ends too early');
        at += bytesRead;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}
