import type { SplitLeaks } from '../../core/audit/types';
import { runConfigOf } from '../../core/config/experiment';
import { plannedArms } from '../../core/design/arms';
import { checkedExperiment, invalidConfig } from '../newRuns';
import { readDatasetManifest } from '../openDataset';
import { leaksOf } from './leaksOf';

/**
 * Twins between splits for each of the splits that an experiment's runs have, before the first epoch.
 * @throws CultivarError config-invalid, dataset-unknown, dataset-damaged
 */
export async function plannedLeaks(library: string, document: unknown): Promise<SplitLeaks[]> {
  const { config } = checkedExperiment(document);
  const splits = plannedArms(config).map((arm) => {
    const parsed = runConfigOf(config, arm, config.seeds[0] ?? 1);
    if (!parsed.ok) throw invalidConfig('The experiment', parsed.problems);
    return parsed.value.data;
  });
  const different = new Map(splits.map((data) => [JSON.stringify(data), data]));
  return Promise.all([...different.values()].map(async (data) => leaksOf(library, await readDatasetManifest(library, data.dataset), data)));
}
