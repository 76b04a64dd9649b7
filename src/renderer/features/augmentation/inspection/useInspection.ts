import { onScopeDispose } from 'vue';
import { ask } from '../../../api';
import { InspectionClient, type WorkerLike } from './client';

/** One for a page, for as long as its component lives. The window's thread waits while they draw; more than four gain nothing at a screen's number of tiles. */
export function useInspection(): InspectionClient {
  const threads = Math.max(1, Math.min(4, navigator.hardwareConcurrency));
  const client = new InspectionClient(
    () => new Worker(new URL('./inspectionWorker.ts', import.meta.url), { type: 'module' }) as WorkerLike,
    (datasetId, revision, indices) => ask('inspection.images', datasetId, revision, indices),
    threads,
  );
  onScopeDispose(() => { client.close(); });
  return client;
}
