import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface NpmSettings {
  /** Null where npm's built-in registry counts. */
  readonly registry: string | null;
  /** The token for an address, where one is configured. */
  token(url: string): string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What a person has configured for npm, which itself need not be there. */
export async function npmSettings(environment: Environment = process.env, home = homedir()): Promise<NpmSettings> {
  const values: Record<string, string> = {};
  const own = environment.npm_config_userconfig ?? join(home, '.npmrc');
  for (const file of ['/etc/npmrc', own]) {
    for (const line of (await readFile(file, 'utf8').catch(() => '')).split('\n')) {
      const pair = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
      // npm puts variables of the environment in where it reads a file.
      if (pair) values[pair[1]!] = pair[2]!.replace(/\$\{(\w+)\}/g, (whole, name: string) => environment[name] ?? whole);
    }
  }
  return {
    registry: environment.npm_config_registry ?? environment.NPM_CONFIG_REGISTRY ?? values.registry ?? null,
    token: (url) => {
      const address = url.replace(/^https?:/, '');
      const key = Object.keys(values).find((name) => name.endsWith(':_authToken') && address.startsWith(name.slice(0, -':_authToken'.length)));
      return key === undefined ? null : values[key]!;
    },
  };
}
