import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A zip file of these entries. `modes` are Unix modes of entries, for links. */
export async function zipOf(entries: Readonly<Record<string, Buffer>>, modes: Readonly<Record<string, number>> = {}): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, data] of Object.entries(entries)) zip.addBuffer(data, name, { compress: false, ...(modes[name] !== undefined && { mode: modes[name] }) });
  zip.end();
  return buffer(zip.outputStream as NodeJS.ReadableStream);
}
