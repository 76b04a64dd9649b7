import { CultivarError } from '../../contracts/errors';
import type { RangeTestRecord, ToolDevice } from '../../contracts/tools';
import type { RunConfig } from '../../core/config/run';
import { rangeStepLimits, readRangeTest, type RangePoint, type RangeTestSettings } from '../../core/tuning/rangeTest';
import { newId } from '../../library/paths';
import { writeRangeTest } from '../../library/rangeTests';
import { assertGpuFree, doInProcess } from './toolProcess';

interface RangeTestRequest {
  /** As a run would have it (data/newRuns.ts, resolvedRunConfig). */
  readonly config: RunConfig;
  readonly dataRevision: string;
  readonly settings: RangeTestSettings;
}

/**
 * A learning-rate range test in a process of its own; the result is kept in the library, where it can be opened again.
 * @param told gets the points as they come
 * @throws CultivarError usage for settings that make no test; tool-cancelled; the process's reason; a storage error
 */
export async function runRangeTest(library: string, { config, dataRevision, settings }: RangeTestRequest, told: (points: readonly RangePoint[]) => void, signal?: AbortSignal): Promise<RangeTestRecord> {
  checkSettings(settings);
  await assertGpuFree(library, config);
  const points: RangePoint[] = [];
  const done: { diverged: boolean; device: ToolDevice }[] = [];
  await doInProcess({ kind: 'rangeTest', libraryDir: library, config, settings }, {
    needs: config, signal,
    told: (report) => {
      if (report.kind === 'rangeDone') done.push(report);
      if (report.kind !== 'rangeSteps') return;
      points.push(...report.points);
      told(report.points);
    },
  });
  const [end] = done;
  if (!end) throw new CultivarError({ code: 'trainer-crashed', message: 'The range test ended without a result.' });
  const { diverged, device } = end;
  const record: RangeTestRecord = {
    kind: 'lr-range', schemaVersion: 1, id: newId(config.name || config.model.architecture, 'range'), createdAt: new Date().toISOString(),
    config, dataRevision, settings, points, diverged, device, reading: readRangeTest(points, diverged),
  };
  await writeRangeTest(library, record);
  return record;
}

function checkSettings({ from, to, steps }: RangeTestSettings): void {
  const { fewest, most } = rangeStepLimits;
  const problem = !(from > 0) || !(to <= 1000) || !(to >= 10 * from) ? 'the rates must be above 0 and at most 1000, the last one at least ten times the first'
    : !Number.isInteger(steps) || steps < fewest || steps > most ? `steps must be a whole number from ${fewest} to ${most}` : null;
  if (problem) throw new CultivarError({ code: 'usage', message: `This makes no range test: ${problem}.` });
}
