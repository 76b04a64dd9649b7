import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { verifyDataset } from '../../src/data/openDataset';
import { libraryFolder } from '../../src/library/paths';
import { openDisplay } from './display';
import { electronBinary } from './electronBinary';

/** What the tests stand on; each that is missing is an error with the command that mends it, never a skipped test. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  electronBinary();
  for (const file of ['main/index.js', 'main/trainer.js', 'preload/index.cjs', 'renderer/index.html']) {
    if (!existsSync(join('out', file))) throw new Error(`out/${file} is missing. Build first: npm run build`);
  }
  process.env.CULTIVAR_E2E_DATASETS = join(libraryFolder(), 'datasets');
  await verifyDataset(libraryFolder(), 'cifar10');
  return openDisplay();
}
