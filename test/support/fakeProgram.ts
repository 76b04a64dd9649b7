import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { vi } from 'vitest';
import { tempFolder } from './tempFolder';

/** A shell script that stands first on PATH under a program's name, until `vi.unstubAllEnvs`. */
export function fakeProgram(name: string, script: string): string {
  const bin = tempFolder('bin');
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
  vi.stubEnv('PATH', `${bin}${delimiter}${process.env.PATH}`);
  return join(bin, name);
}
