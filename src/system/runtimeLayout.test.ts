import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { inUseFile, installedRuntime, runtimeFolder, tensorFlowVersion, type RuntimeVariant } from './runtimeLayout';

function libraries(folder: string, variant: RuntimeVariant): string {
  const at = runtimeFolder(folder, variant);
  mkdirSync(join(at, 'tensorflow'), { recursive: true });
  writeFileSync(join(at, 'files.json'), JSON.stringify({ schemaVersion: 1, variant, tensorFlowVersion, files: [] }));
  return at;
}

function use(cacheDir: string, content: object): void {
  mkdirSync(dirname(inUseFile(cacheDir)), { recursive: true });
  writeFileSync(inUseFile(cacheDir), JSON.stringify(content));
}

describe('the libraries of an installed app', () => {
  it('are those that were proven here', async () => {
    const [cache, app] = [tempFolder(), tempFolder()];
    libraries(app, 'cpu');
    const gpu = libraries(cache, 'gpu');
    use(cache, { schemaVersion: 1, tensorFlowVersion, variant: 'gpu' });
    expect(await installedRuntime(cache, app)).toMatchObject({ variant: 'gpu', folder: gpu, libraryDir: join(gpu, 'tensorflow'), cudaDataDir: join(gpu, 'nvidia/cuda_nvcc') });
  });
  it('are not those that lie there and were never proven', async () => {
    const cache = tempFolder();
    libraries(cache, 'cpu');
    expect(await installedRuntime(cache, tempFolder())).toBeNull();
  });
  it.each([
    ['of another version', { schemaVersion: 1, tensorFlowVersion: '2.20.0', variant: 'gpu' }],
    ['of a variant whose folder has gone', { schemaVersion: 1, tensorFlowVersion, variant: 'gpu' }],
    ['in a record that cannot be read', { variant: 3 }],
  ])('are those of the package where the proven ones are %s', async (_name, content) => {
    const [cache, app] = [tempFolder(), tempFolder()];
    const packaged = libraries(app, 'cpu');
    use(cache, content);
    expect(await installedRuntime(cache, app)).toMatchObject({ variant: 'cpu', folder: packaged });
  });
});
