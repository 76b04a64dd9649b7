import { useDatasets } from './datasets';
import { useExperiments } from './experiments';
import { useLive } from './live';
import { useRemarks } from './remarks';
import { useRuns } from './runs';
import { useRuntime } from './runtime';
import { useSettings } from './settings';
import { useSystem } from './system';

/** Subscribes first and reads then, so that nothing falls between. Each store keeps its own error. */
export async function startStores(): Promise<void> {
  const [settings, system, runs, experiments, live, datasets, runtime, remarks] = [useSettings(), useSystem(), useRuns(), useExperiments(), useLive(), useDatasets(), useRuntime(), useRemarks()];
  for (const store of [system, runs, experiments, live, datasets, runtime, remarks]) store.subscribe();
  await Promise.all([settings.load(), system.load(), runs.load(), experiments.load(), live.load(), datasets.load(), runtime.load(), remarks.load()]);
}
