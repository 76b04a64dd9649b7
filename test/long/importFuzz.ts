import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CounterRandom } from '../../src/core/random/philox';
import type { ImportOptions } from '../../src/contracts/importing';
import { CultivarError } from '../../src/contracts/errors';
import { DecoderPool } from '../../src/import/decode/pool';
import { importDataset } from '../../src/import/importDataset';
import { importLimits } from '../../src/import/limits';

const fixtures = join(import.meta.dirname, '../fixtures/import');
const seeds = ['folders.zip', 'folders.tar', 'folders.tar.gz', 'arrays.npz', 'floats.npz', 'cifar-10-python.tar.gz', 'cifar-100-python.tar.gz', 'cifar-10-binary.tar.gz', 'parquet/train-00000-of-00001.parquet', 'idx/train-images-idx3-ubyte.gz', 'list/labels.csv', 'list/labels.jsonl', ...readdirSync(join(fixtures, 'harm')).map((name) => `harm/${name}`)];
const options: ImportOptions = { name: 'fuzz', side: 12, fit: 'crop', testPercent: 10, seed: 0, validation: 'pool', licence: '' };

export interface FuzzCount { readonly files: number; readonly imported: number; readonly refused: number; readonly slowestMs: number }

/**
 * Imports files of every kind with bytes changed, cut out, doubled or cut off, and image files alike. Whatever happens must be an import or
 * an error that is told.
 * @param folder where the files are written, and a library
 * @throws the first error that is none of Cultivar's
 */
export async function fuzzImports(files: number, folder: string, seed: number): Promise<FuzzCount> {
  const pool = new DecoderPool(importLimits.imageMs, 1);
  const limits = { ...importLimits, ratioFreeBytes: 50 * 1024 ** 2, listBytes: 64 * 1024 ** 2 };
  const contents = seeds.map((name) => readFileSync(join(fixtures, name)));
  let [imported, refused, slowestMs] = [0, 0, 0];
  try {
    for (let i = 0; i < files; i++) {
      const random = new CounterRandom(seed, 'fuzz', i);
      const path = join(folder, 'mutated');
      writeFileSync(path, mutated(contents[i % contents.length]!, random));
      const startMs = performance.now();
      try {
        await importDataset({ library: join(folder, 'library'), path, options, limits, pool });
        imported += 1;
      } catch (error) {
        if (!(error instanceof CultivarError) || error.code === 'internal') throw new Error(`File ${i} (${seeds[i % seeds.length]}): ${String(error)}`, { cause: error });
        refused += 1;
      }
      slowestMs = Math.max(slowestMs, performance.now() - startMs);
    }
  } finally {
    pool.close();
  }
  return { files, imported, refused, slowestMs };
}

function mutated(original: Buffer, random: CounterRandom): Buffer {
  let bytes = Buffer.from(original);
  const at = () => Math.floor(random.float() * bytes.length);
  for (let i = 1 + Math.floor(random.float() * 3); i > 0; i--) {
    const [where, kind] = [at(), Math.floor(random.float() * 7)];
    switch (kind) {
      case 0: bytes[where] = Math.floor(random.float() * 256); break;
      case 1: bytes[where]! ^= 1 << Math.floor(random.float() * 8); break;
      case 2: bytes.fill(random.float() < 0.5 ? 0xff : 0, where, Math.min(bytes.length, where + 1 + Math.floor(random.float() * 8))); break;
      case 3: bytes = Buffer.concat([bytes.subarray(0, where), bytes.subarray(where + 1 + Math.floor(random.float() * 64))]); break;
      case 4: bytes = Buffer.concat([bytes.subarray(0, where), bytes.subarray(at(), at() + 64), bytes.subarray(where)]); break;
      case 5: if (random.float() < 0.3) bytes = bytes.subarray(0, where + 1); break;
      // Lengths and counts stand at the begin and the end of most kinds.
      default: { const edge = random.float() < 0.5 ? Math.floor(random.float() * 64) : bytes.length - 1 - Math.floor(random.float() * 64); if (edge >= 0 && edge + 4 <= bytes.length) bytes.writeUInt32LE([0, 1, 0x7fffffff, 0xffffffff, 0x10000][Math.floor(random.float() * 5)]!, edge); }
    }
  }
  return bytes;
}
