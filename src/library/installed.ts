import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** `installed.json`, which `npm run dist` puts beside the package's own package.json. */
export const installedSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** "33.2.1" */
  electron: z.string(),
  /** `test`: built around an Electron that is not for a release. */
  kind: z.enum(['release', 'test']),
  builtAt: z.string(),
  commit: z.string().nullable(),
  /** Addresses that pip and npm have built in, for people who have configured none. */
  pythonIndex: z.string(),
  npmRegistry: z.string(),
});
export type Installed = z.output<typeof installedSchema> & { readonly folder: string };

let known: Installed | null | undefined;

/** The package this program was installed by; null where it runs from the project. Nothing in it may be written. */
export function installedPackage(): Installed | null {
  if (known === undefined) known = find(dirname(fileURLToPath(import.meta.url)));
  return known;
}

function find(from: string): Installed | null {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    let text: string;
    try {
      text = readFileSync(join(folder, 'installed.json'), 'utf8');
    } catch {
      continue;
    }
    return { ...installedSchema.parse(JSON.parse(text)), folder };
  }
  return null;
}
