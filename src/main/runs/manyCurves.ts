import { stat } from 'node:fs/promises';
import type { RunCurves } from '../../contracts/runs';
import { thinCurves } from '../../core/run/curves';
import { replay } from '../../core/run/view';
import { readEvents } from '../../library/events';
import { eventsFile } from '../../library/runs';

/** Curves that were read, by run: a record that has not grown is not read again. */
export class ManyCurves {
  private readonly known = new Map<string, { mark: string; curves: RunCurves }>();

  constructor(private readonly library: string) {}

  /** Thin curves of many runs at once, in the order asked for; a run that cannot be read is left out. */
  async read(runIds: readonly string[], points: number): Promise<readonly RunCurves[]> {
    const found: (RunCurves | null)[] = [];
    // One after another: parsing takes the thread anyway, and the window's other calls come in between.
    for (const runId of runIds) found.push(await this.one(runId, points).catch(() => null));
    return found.filter((curves) => curves !== null);
  }

  private async one(runId: string, points: number): Promise<RunCurves> {
    const file = await stat(eventsFile(this.library, runId)).catch(() => null);
    const mark = `${file?.mtimeMs} ${file?.size} ${points}`;
    const before = this.known.get(runId);
    if (before?.mark === mark) return before.curves;
    const curves = { runId, ...thinCurves(replay((await readEvents(this.library, runId)).events), points) };
    this.known.set(runId, { mark, curves });
    return curves;
  }
}
