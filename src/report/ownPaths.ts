import { homedir } from 'node:os';
import { basename, isAbsolute } from 'node:path';
import { createHash } from 'node:crypto';
import type { ReportData } from './data';

/**
 * The same data without the places of this computer, which carry a person's name: a file of starting weights keeps its own name only; the
 * library and the home folder are written as what they are.
 */
export function withoutOwnPaths(data: ReportData, library: string, home = homedir()): ReportData {
  const replaced: readonly (readonly [string, string])[] = [[library, 'LIBRARY'], ...(home.length > 1 ? [[home, '~'] as const] : [])];
  const clean = (text: string) => replaced.reduce((out, [path, word]) => out.replaceAll(path, word), text);
  const cleaned = mapped(data, clean) as ReportData;
  const { experiment } = cleaned;
  if (!experiment || experiment.file === data.experiment?.file) return cleaned;
  return { ...cleaned, experiment: { ...experiment, hash: createHash('sha256').update(experiment.file).digest('hex') } };
}

function mapped(value: unknown, clean: (text: string) => string, key = ''): unknown {
  if (typeof value === 'string') return value.startsWith('data:') ? value : key === 'path' && isAbsolute(value) ? basename(value) : key === 'file' ? clean(withoutPathFields(value)) : clean(value);
  if (Array.isArray(value)) return value.map((one) => mapped(one, clean));
  // Names of fields too: values stand by arm under the arm's key.
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [clean(name), mapped(one, clean, name)]));
  return value;
}

/** In a file's text: absolute paths under "path" keep their last part. */
const withoutPathFields = (json: string) => json.replace(/("path":\s*)"((?:[^"\\]|\\.)*)"/g, (_, head: string, path: string) => `${head}"${isAbsolute(path) ? basename(path) : path}"`);
