import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CultivarErrorData, ErrorCode } from '../contracts/errors';
import type { ListedRun, RunSummary } from '../contracts/runs';
import { runFolder } from './paths';
import { listRuns } from './runs';
import type { RunManifest } from './runManifest';

/** Every run as lists show it, newest first, damaged ones last. */
export async function listRunSummaries(library: string): Promise<ListedRun[]> {
  const runs = await listRuns(library);
  return Promise.all(runs.map((run) =>
    run.state === 'readable' ? toRunSummary(library, run.manifest) : { id: run.id, status: 'damaged' as const, failure: run.error }));
}

export async function toRunSummary(library: string, manifest: RunManifest): Promise<RunSummary> {
  const { id, name, status, config, experimentId, createdAt, startedAt, endedAt, summary, failure } = manifest;
  return {
    id, name, status, config: config.resolved, experimentId, createdAt, startedAt, endedAt, ...summary,
    resumable: await resumable(library, manifest),
    // A code of another version of Cultivar is shown as it is.
    failure: failure && ({ ...failure, code: failure.code as ErrorCode } satisfies CultivarErrorData),
  };
}

async function resumable(library: string, { id, status }: RunManifest): Promise<boolean> {
  if (status !== 'interrupted' && status !== 'stopped' && status !== 'failed') return false;
  const checkpoints = await readdir(join(runFolder(library, id), 'checkpoints')).catch((): string[] => []);
  return checkpoints.some((name) => /^\d+$/.test(name));
}
