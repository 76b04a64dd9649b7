import { errorCode } from '../library/atomic';
import { openFile, type ByteSource } from './byteSource';
import { readSafetensors } from './safetensorsFile';
import { looksLegacy, readTorchLegacy, readTorchZip } from './torchFile';
import { FileProblem } from './fileProblem';
import { unreadable, type OpenWeights } from './weightFile';
import { openZip } from './zipFile';

/**
 * Opens a file of weights by what it holds, not by its name: safetensors, or what torch.save writes. It is read as data; no code in it is run.
 * @throws CultivarError weights-unreadable, with the reason
 */
export async function openWeights(path: string): Promise<OpenWeights> {
  let source: ByteSource | null = null;
  try {
    source = await openFile(path);
    return await opened(path, source);
  } catch (error) {
    await source?.close();
    throw asUnreadable(path, error);
  }
}

async function opened(path: string, source: ByteSource): Promise<OpenWeights> {
  const head = await source.read(0, Math.min(source.size, 16));
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) {
    const zip = await openZip(path);
    try {
      const tensors = await readTorchZip(zip);
      await source.close();
      return wrapped(path, { format: 'torch', tensors, close: () => zip.close() });
    } catch (error) {
      await zip.close();
      throw error;
    }
  }
  if (looksLegacy(head)) return wrapped(path, { format: 'torch-legacy', tensors: await readTorchLegacy(source), close: () => source.close() });
  // After the length comes the header, a JSON object.
  if (head[8] === 0x7b) return wrapped(path, { format: 'safetensors', tensors: await readSafetensors(source), close: () => source.close() });
  throw new FileProblem(head.length === 0 ? 'it is empty' : 'it is neither safetensors nor of torch.save');
}

/** Values are read later; what is wrong with them is told in the same way. */
const wrapped = (path: string, { format, tensors, close }: OpenWeights): OpenWeights => ({
  format, close,
  tensors: tensors.map((tensor) => ({
    ...tensor,
    read: () => tensor.read().catch((error: unknown) => {
      throw asUnreadable(path, error);
    }),
  })),
});

function asUnreadable(path: string, error: unknown): unknown {
  if (error instanceof FileProblem) return unreadable(path, error.message, error);
  switch (errorCode(error)) {
    case 'ENOENT': return unreadable(path, 'there is no such file', error);
    case 'EISDIR': return unreadable(path, 'it is a folder', error);
    case 'EACCES': return unreadable(path, 'this user may not read it', error);
    default: return error instanceof Error ? unreadable(path, error.message, error) : error;
  }
}
