import { availableMemory } from 'node:process';
import { replay } from '../../core/run/view';
import type { EndedEvent } from '../../core/run/events';
import { readEvents } from '../../library/events';
import { readRun } from '../../library/runs';
import { doInProcess } from './toolProcess';

type End = Pick<EndedEvent, 'outcome' | 'error' | 'exit'>;

/**
 * Of a trainer that died for want of memory without a word: the batch size that would fit, worked out in another process. Any other end stays
 * as it is, and so does one for which that fails.
 */
export async function explainMemory(library: string, runId: string, end: End): Promise<End> {
  if (end.error?.code !== 'out-of-memory' || end.exit.signal === null) return end;
  try {
    const { config: { resolved } } = await readRun(library, runId);
    const { plan } = replay((await readEvents(library, runId)).events);
    const explained: NonNullable<EndedEvent['error']>[] = [];
    const work = { kind: 'explainMemory', libraryDir: library, runId, freeBytes: plan?.freeBytes ?? availableMemory(), error: end.error } as const;
    await doInProcess(work, { needs: resolved, told: (report) => { if (report.kind === 'memoryExplained') explained.push(report.error); } });
    return { ...end, error: explained[0] ?? end.error };
  } catch {
    return end;
  }
}
