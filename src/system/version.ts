import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Project {
  readonly folder: string;
  readonly version: string;
}

/** Cultivar's own folder and version: the nearest package.json above `from` that is Cultivar's; null where none is. */
export function project(from = dirname(fileURLToPath(import.meta.url))): Project | null {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string; version?: string };
      if (name === 'cultivar' && version) return { folder, version };
    } catch {
      // none here; look above
    }
  }
  return null;
}

export const cultivarVersion = (): string => project()?.version ?? 'unknown';
