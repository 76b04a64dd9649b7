import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { encodeSafetensors } from '../engine/checkpoint/safetensors';
import { readWeightsContents } from './contents';
import { importWeights } from './libraryWeights';

it('tells what a file holds without copying it, and of weights that the library has also when the file is gone', async () => {
  const library = tempFolder();
  const path = join(tempFolder(), '重み.safetensors');
  writeFileSync(path, Buffer.concat(encodeSafetensors([{ name: 'module.fc.weight', shape: [2, 3], data: new Float32Array(6) }, { name: 'module.fc.bias', shape: [2], data: new Float32Array(2) }], {})));
  const found = await readWeightsContents(library, { path, sha256: null });
  expect(found).toEqual({ path, sha256: null, name: '重み.safetensors', format: 'safetensors', ignored: 0, tensors: [{ name: 'fc.weight', shape: [2, 3] }, { name: 'fc.bias', shape: [2] }] });
  await expect(readWeightsContents(library, { path: join(library, 'weights'), sha256: null })).rejects.toMatchObject({ code: 'weights-unreadable' });

  const { sha256 } = await importWeights(library, path);
  rmSync(path);
  const copy = await readWeightsContents(library, { path, sha256 });
  expect(copy.tensors.map(({ name }) => name).sort()).toEqual(['fc.bias', 'fc.weight']);
  await expect(readWeightsContents(library, { path, sha256: null })).rejects.toMatchObject({ code: 'weights-unreadable', message: expect.stringContaining('there is no such file') as string });
});
