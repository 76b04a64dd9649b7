import { CultivarError } from '../../contracts/errors';
import type { Machine } from '../../contracts/machine';
import type { ExperimentConfig } from '../../core/config/experiment';
import { plannedArms } from '../../core/design/arms';
import { changeExperiment, type ExperimentArm, type ExperimentManifest } from '../../library/experiments';
import type { RunManifest } from '../../library/runManifest';
import { listRuns } from '../../library/runs';
import { asJson, checkedExperiment } from '../newRuns';
import { advanceExperiment, planOf, type Advance } from './fill';
import { causeText } from './identity';
import { Resolver } from './resolve';

/**
 * More seeds, levels, factors, trials or budget on an experiment that is there: its runs are counted, new ones are written, waiting. The
 * first plan stays as it was stored; the new one is added to its history. An experiment that was cut short goes on.
 * @throws CultivarError config-invalid where a run that is there would have no place; as startExperiment
 */
export async function extendExperiment(library: string, id: string, document: unknown, machine: Machine | null): Promise<Advance> {
  const { config } = checkedExperiment(document);
  await changeExperiment(library, id, async (manifest) => {
    const arms = config.design === 'halving' ? keptArms(manifest, config) : await placedArms(library, manifest, config);
    return { ...manifest, name: config.name, question: config.question, arms, cutShortAt: null, extensions: [...manifest.extensions, { at: new Date().toISOString(), given: asJson(document) }] };
  });
  return advanceExperiment(library, id, machine);
}

/** Rungs were decided in view of all trials of the rung: only seeds and budget may grow. */
function keptArms(manifest: ExperimentManifest, config: ExperimentConfig): ExperimentArm[] {
  const before = planOf(manifest);
  const same = (['base', 'factors', 'design', 'search', 'halving'] as const).every((part) => JSON.stringify(before[part]) === JSON.stringify(config[part]));
  if (!same || before.seeds.some((seed) => !config.seeds.includes(seed))) throw refused('A halving is extended by seeds or budget alone: its promotions were decided among the trials that it has.');
  return manifest.arms;
}

/** Every run that is there goes to the arm and seed that it is a run of, by what it was trained with: a factor that is added renames the arms. */
async function placedArms(library: string, manifest: ExperimentManifest, config: ExperimentConfig): Promise<ExperimentArm[]> {
  const runs = new Map((await listRuns(library)).flatMap((run): [string, RunManifest][] => (run.state === 'readable' ? [[run.id, run.manifest]] : [])));
  const resolver = new Resolver(library, config, true);
  const places = new Map<string, { key: string; seed: number }>();
  const arms = new Map(plannedArms(config).map(({ key, levels }): [string, ExperimentArm] => [key, { key, levels: levels as ExperimentArm['levels'], runIds: [], seeds: [] }]));
  for (const arm of plannedArms(config)) {
    for (const seed of config.seeds) places.set(causeText((await resolver.run({ arm, seed })).config), { key: arm.key, seed });
  }
  for (const before of manifest.arms) {
    for (const [i, runId] of before.runIds.entries()) {
      const seed = before.seeds[i]!;
      const run = runs.get(runId);
      // What a deleted run was trained with is not known any more.
      const place = run ? places.get(causeText(run.config.resolved)) : { key: before.key, seed };
      const arm = place && arms.get(place.key);
      if (!place || !arm || (run && place.seed !== seed)) {
        if (!run) continue;
        throw refused(`An extension changes nothing that is there, and the run of "${before.key}" with seed ${seed} would have no place in this one.`);
      }
      arms.set(arm.key, { ...arm, runIds: [...arm.runIds, runId], seeds: [...arm.seeds, seed] });
    }
  }
  return [...arms.values()];
}

const refused = (message: string) => new CultivarError({ code: 'config-invalid', message, remedy: 'Start a new experiment instead: runs that are equal are counted there too.' });
