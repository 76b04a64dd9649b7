// An import in a process of its own that is killed once it has staged half of its images, as a power cut would.
import { DecoderPool } from '../../src/import/decode/pool';
import { openSource } from '../../src/import/openSource';
import { readItems } from '../../src/import/readItems';
import { fingerprintOf, Staging, stagingRoot } from '../../src/import/staging';
import { importLimits } from '../../src/import/limits';
import { importOptionsSchema } from '../../src/contracts/importing';
import { makeFolder } from '../../src/library/atomic';

const [library, path, given] = process.argv.slice(2) as [string, string, string];
const options = importOptionsSchema.parse(JSON.parse(given));
const opened = await openSource(path);
await makeFolder(stagingRoot(library));
const staging = await Staging.open(library, fingerprintOf(opened, options));
const half = { ...opened.source, async *items(from: number) {
  let left = 12;
  for await (const item of opened.source.items(from)) if (left-- > 0) yield item;
} };
const pool = new DecoderPool(importLimits.imageMs, 1);
await readItems({ opened: { ...opened, source: half }, options, side: options.side!, staging, pool, limits: importLimits });
await staging.flush();
// What is staged and not journalled yet does not count.
await staging.add({ name: 'lost', split: 'train', label: 0 }, { pixels: new Uint8Array(432), size: { width: 12, height: 12 }, width: 12, height: 12, format: 'png', grey: false, alpha: false, turned: false, resampled: false });
pool.close();
process.kill(process.pid, 'SIGKILL');
