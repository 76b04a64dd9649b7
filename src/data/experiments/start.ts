import { rm } from 'node:fs/promises';
import type { Machine } from '../../contracts/machine';
import { plannedArms } from '../../core/design/arms';
import { createExperiment } from '../../library/experiments';
import { experimentFolder } from '../../library/paths';
import { asJson, checkedExperiment } from '../newRuns';
import { advanceExperiment, type Advance } from './fill';
import { Resolver } from './resolve';

/**
 * Checks an experiment file, stores it as the plan, and writes its first runs, waiting: seed by seed, so that a cut-off experiment has whole
 * blocks. Where one cannot be written, nothing stays: a waiting run of no experiment would be trained by the next start.
 * @throws CultivarError config-invalid, naming every field; dataset-unknown; weights-unreadable, weights-mismatch; a storage error
 */
export async function startExperiment(library: string, document: unknown, machine: Machine | null): Promise<Advance> {
  const { config } = checkedExperiment(document);
  const resolver = new Resolver(library, config, true);
  if (config.seeds.length > 0) for (const arm of plannedArms(config)) await resolver.run({ arm, seed: config.seeds[0]! });
  const arms = plannedArms(config).map(({ key, levels }) => ({ key, levels, runIds: [], seeds: [] }));
  const { id } = await createExperiment(library, { name: config.name, question: config.question, given: asJson(document), arms });
  try {
    return await advanceExperiment(library, id, machine);
  } catch (error) {
    await rm(experimentFolder(library, id), { recursive: true, force: true });
    throw error;
  }
}
