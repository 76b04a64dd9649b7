import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface PipSettings {
  /** `index-url`: a package index of its own; null where pip's built-in one counts. */
  readonly index: string | null;
  /** `cert`: a file of authorities. */
  readonly cert: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What a person has configured for pip, which itself need not be there: the environment, else their own file, else the system's. */
export async function pipSettings(environment: Environment = process.env, home = homedir()): Promise<PipSettings> {
  const named = environment.PIP_CONFIG_FILE;
  const own = join(environment.XDG_CONFIG_HOME ?? join(home, '.config'), 'pip/pip.conf');
  // pip's order: a later file counts more.
  const files = named === undefined ? ['/etc/xdg/pip/pip.conf', '/etc/pip.conf', join(home, '.pip/pip.conf'), own] : [named];
  const values: Record<string, string> = {};
  for (const file of files) Object.assign(values, parsePipConf(await readFile(file, 'utf8').catch(() => '')));
  return { index: environment.PIP_INDEX_URL ?? values['index-url'] ?? null, cert: environment.PIP_CERT ?? values.cert ?? null };
}

/** `[global]` and, counting more, `[download]` of a pip.conf; other sections are of other commands. */
export function parsePipConf(text: string): Record<string, string> {
  const sections: Record<string, Record<string, string>> = { global: {}, download: {} };
  let current: Record<string, string> | undefined;
  for (const line of text.split('\n')) {
    const section = /^\[(.+)\]\s*$/.exec(line);
    if (section) {
      current = sections[section[1]!];
      continue;
    }
    const pair = /^([\w-]+)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (pair && current) current[pair[1]!.replaceAll('_', '-')] = pair[2]!;
  }
  return { ...sections.global, ...sections.download };
}
