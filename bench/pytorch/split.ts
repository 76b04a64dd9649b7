// Writes the split of a run config as JSON, so that PyTorch trains and judges on the very same images.
// Usage: tsx bench/pytorch/split.ts LIBRARY CONFIG.json OUT.json
import { readFile, writeFile } from 'node:fs/promises';
import { problemText, parseWith } from '../../src/core/config/problems';
import { runConfigSchema } from '../../src/core/config/run';
import { excludedBy } from '../../src/data/audit/excludeLists';
import { datasetSplit } from '../../src/data/datasetSplit';
import { openDataset } from '../../src/data/openDataset';

const [library, configFile, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: tsx bench/pytorch/split.ts LIBRARY CONFIG.json OUT.json');
  process.exit(2);
}
const parsed = parseWith(runConfigSchema, JSON.parse(await readFile(configFile, 'utf8')));
if (!parsed.ok) {
  console.error(parsed.problems.map(problemText).join('\n'));
  process.exit(2);
}
const dataset = await openDataset(library, parsed.value.data.dataset);
const { train, validation, trainCheck } = datasetSplit(dataset, parsed.value.data, await excludedBy(library, dataset.manifest, parsed.value.data));
await writeFile(out, JSON.stringify({ config: parsed.value, train: [...train], validation: [...validation], trainCheck: [...trainCheck] }));
