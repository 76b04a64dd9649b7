import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../library/program';
import { project } from '../../system/version';

let known: Promise<string | null> | null = null;

/** The commit that the sources are of, with "+" where files differ from it; null outside of a git checkout. */
export function sourceCommit(): Promise<string | null> {
  known ??= ask();
  return known;
}

async function ask(): Promise<string | null> {
  const folder = project()?.folder;
  if (!folder || !existsSync(join(folder, '.git'))) return null;
  const git = async (...args: string[]) => {
    const end = await runProgram('git', ['-C', folder, ...args], { timeoutMs: 5000 });
    return end.kind === 'ended' && end.code === 0 ? end.stdout.trim() : null;
  };
  const [commit, changed] = [await git('rev-parse', 'HEAD'), await git('status', '--porcelain', '--untracked-files=no')];
  return commit && `${commit}${changed ? '+' : ''}`;
}
