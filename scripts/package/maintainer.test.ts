import { execFileSync } from 'node:child_process';
import { afterEach, expect, it, vi } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { maintainer, nobody } from './maintainer';

afterEach(() => { vi.unstubAllEnvs(); });

function project(): string {
  const folder = tempFolder();
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
  vi.stubEnv('GIT_CONFIG_SYSTEM', '/dev/null');
  execFileSync('git', ['init', '-q'], { cwd: folder });
  return folder;
}

it('is the setting, else who builds by git, else nobody', async () => {
  const folder = project();
  expect(await maintainer(folder, undefined)).toBe(nobody);
  execFileSync('git', ['config', 'user.name', '山田 花子'], { cwd: folder });
  expect(await maintainer(folder, '')).toBe(nobody);
  execFileSync('git', ['config', 'user.email', 'hanako@example.org'], { cwd: folder });
  expect(await maintainer(folder, undefined)).toBe('山田 花子 <hanako@example.org>');
  expect(await maintainer(folder, 'A Team <team@example.org>')).toBe('A Team <team@example.org>');
});

it('refuses a setting that no package can carry', async () => {
  for (const bad of ['team@example.org', 'A Team', 'A <b>', 'A\nDepends: x <a@b>']) await expect(maintainer('/', bad)).rejects.toMatchObject({ code: 'usage' });
});
