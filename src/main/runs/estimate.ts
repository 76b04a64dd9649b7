import type { RateEstimate } from '../../contracts/ipc';
import type { RunSummary } from '../../contracts/runs';
import type { RunConfig } from '../../core/config/run';
import type { TrainerEvent } from '../../core/run/events';

/** Whether two runs do the same work a step, so that one's speed tells the other's. */
const sameWork = (a: RunConfig, b: RunConfig) =>
  a.model.architecture === b.model.architecture && a.model.stem === b.model.stem && a.batchSize === b.batchSize
  && a.augmentation === b.augmentation && a.precision === b.precision && a.intraOpThreads === b.intraOpThreads && a.device === b.device;

/**
 * Training speed to expect, from the newest run of the same work that has measured one; null without.
 * @param runs newest first
 */
export async function estimateRate(config: RunConfig, runs: readonly RunSummary[], eventsOf: (runId: string) => Promise<readonly TrainerEvent[]>): Promise<RateEstimate | null> {
  for (const run of runs) {
    if (run.step === 0 || !sameWork(run.config, config)) continue;
    const imagesPerSecond = measuredRate(await eventsOf(run.id));
    if (imagesPerSecond !== null) return { imagesPerSecond, fromRunId: run.id };
  }
  return null;
}

/** The last whole epoch's rate, else the last one measured within the first epoch. */
function measuredRate(events: readonly TrainerEvent[]): number | null {
  let [epoch, rate]: [number | null, number | null] = [null, null];
  for (const event of events) {
    if (event.type === 'epoch') epoch = event.imagesPerSecond;
    else if (event.type === 'rate') rate = event.imagesPerSecond;
  }
  return epoch ?? rate;
}
