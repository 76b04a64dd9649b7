import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Cultivar's version, from the nearest package.json above this file that is Cultivar's. */
export function cultivarVersion(from = dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string; version?: string };
      if (name === 'cultivar' && version) return version;
    } catch {
      // none here; look above
    }
  }
  return 'unknown';
}
