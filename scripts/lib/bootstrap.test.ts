import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '../..');
let clone: string;

/** A clone in which nothing is installed. */
beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'cultivar-clone-'));
  for (const name of ['package.json', 'package-lock.json', '.npmrc', 'scripts']) await cp(join(project, name), join(clone, name), { recursive: true });
  await mkdir(join(clone, 'npm-cache'));
});
afterAll(() => rm(clone, { recursive: true, force: true }));

function setUp(env: NodeJS.ProcessEnv, nodeFlags: string[] = []) {
  const end = spawnSync(process.execPath, [...nodeFlags, 'scripts/setup.mjs'], { cwd: clone, encoding: 'utf8', env: { ...process.env, ...env } });
  return { code: end.status, words: end.stderr };
}

/** Another machine, as far as the first lines of the set-up can tell. */
const pretending = (property: string, value: string) => ['--import', `data:text/javascript,Object.defineProperty(process,${JSON.stringify(property)},{value:${value}})`];

describe('before anything is installed', () => {
  it('refuses other platforms', () => {
    expect(setUp({}, pretending('platform', '"darwin"'))).toMatchObject({ code: 1, words: expect.stringContaining('Cultivar runs on Linux x64; this is darwin') });
  });

  it('refuses an old Node', () => {
    expect(setUp({}, pretending('versions', '{...process.versions,node:"18.20.0"}'))).toMatchObject({ code: 1, words: expect.stringContaining('Node 20.19 or newer is needed; this is 18.20.0') });
  });

  it('says that the npm registry cannot be reached', () => {
    const { code, words } = setUp({ npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0', npm_config_cache: join(clone, 'npm-cache') });
    expect(code).toBe(1);
    expect(words).toMatch(/The npm registry cannot be reached from here\..*\n {2}npm ping\n$/);
  });

  it('says that npm is missing', () => {
    expect(setUp({ PATH: join(clone, 'nothing') })).toMatchObject({ code: 1, words: expect.stringContaining('npm is missing') });
  });
});
