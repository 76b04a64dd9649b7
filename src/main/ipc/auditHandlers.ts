import { z } from 'zod';
import { startAudit } from '../../audit/host';
import { CultivarError, toErrorData } from '../../contracts/errors';
import { labelMarks, type AuditProgress } from '../../core/audit/types';
import type { RunConfigInput } from '../../core/config/run';
import { readAudit } from '../../data/audit/auditFile';
import { excludeLists, manifestOf, readExcluded, removeExcludeList, saveExcludeList } from '../../data/audit/excludeLists';
import { labelsOf } from '../../data/audit/labelsOf';
import { markImage, readMarks } from '../../data/audit/labelMarks';
import { leaksOf } from '../../data/audit/leaksOf';
import { checkedRunConfig, trainingImages } from '../../data/newRuns';
import { readDatasetManifest } from '../../data/openDataset';
import type { AppContext } from '../context';
import { handler, id, nothing, type Handlers } from './register';

type AuditHandlers = Extract<keyof Handlers, `audit.${string}` | `exclude.${string}`>;

/** Progress is told at most so often. */
const everyMs = 100;
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const index = z.int().min(0);
const config = z.custom<RunConfigInput>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'a run config');
const part = z.custom<RunConfigInput['data']>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'the data of a run config');
const name = z.string().min(1).max(200);

/** Twins, likely label errors and lists of images to leave out. */
export function auditHandlers({ libraryDir, push, attention }: Pick<AppContext, 'libraryDir' | 'push' | 'attention'>): Handlers<AuditHandlers> {
  let running: AbortController | null = null;
  const manifest = (datasetId: string, revision: string) => manifestOf(libraryDir, datasetId, revision);
  /** @param pairs null where the audit failed */
  async function tell(datasetId: string, revision: string, pairs: number | null): Promise<void> {
    const newest = await readDatasetManifest(libraryDir, datasetId).catch(() => null);
    attention.auditEnded(newest?.name ?? datasetId, pairs, `/datasets/${datasetId}/audit${newest === null || newest.revision === revision ? '' : `?revision=${revision}`}`);
  }
  return {
    'audit.get': handler<'audit.get'>(z.tuple([id, sha256]), async (datasetId, revision) => readAudit(libraryDir, await manifest(datasetId, revision))),
    'audit.start': handler<'audit.start'>(z.tuple([id, sha256]), async (datasetId, revision) => {
      if (running) throw new CultivarError({ code: 'tool-running', message: 'Another audit is under way.', remedy: 'Wait for it, or cancel it.' });
      const { signal } = (running = new AbortController());
      let [phase, saidAtMs] = ['', 0];
      const onProgress = (progress: AuditProgress) => {
        const nowMs = performance.now();
        if (progress.phase === phase && progress.done !== progress.total && nowMs - saidAtMs < everyMs) return;
        [phase, saidAtMs] = [progress.phase, nowMs];
        push('audit.progress', { datasetId, revision, progress });
      };
      try {
        const audit = await startAudit({ library: libraryDir, datasetId, revision, background: true }, onProgress, signal);
        await tell(datasetId, revision, audit.pairs.length + audit.pairsLeftOut);
        return audit;
      } catch (error) {
        if (toErrorData(error).code !== 'tool-cancelled') await tell(datasetId, revision, null);
        throw error;
      } finally {
        running = null;
      }
    }),
    'audit.cancel': handler<'audit.cancel'>(nothing, () => {
      running?.abort();
      return null;
    }),
    'audit.leaks': handler<'audit.leaks'>(z.tuple([config]), async (given) => {
      const { data } = checkedRunConfig(given);
      return leaksOf(libraryDir, await readDatasetManifest(libraryDir, data.dataset), data);
    }),
    'audit.labels': handler<'audit.labels'>(z.tuple([id]), (runId) => labelsOf(libraryDir, runId)),
    'audit.marks': handler<'audit.marks'>(z.tuple([id, sha256]), async (datasetId, revision) => readMarks(libraryDir, await manifest(datasetId, revision))),
    'audit.mark': handler<'audit.mark'>(z.tuple([id, sha256, index, z.enum(labelMarks).nullable()]), async (datasetId, revision, image, mark) => markImage(libraryDir, await manifest(datasetId, revision), image, mark)),
    'exclude.list': handler<'exclude.list'>(z.tuple([id, sha256]), async (datasetId, revision) => excludeLists(libraryDir, await manifest(datasetId, revision))),
    'exclude.images': handler<'exclude.images'>(z.tuple([id, sha256, sha256]), async (datasetId, revision, list) => readExcluded(libraryDir, await manifest(datasetId, revision), list)),
    'exclude.save': handler<'exclude.save'>(z.tuple([id, sha256, name, z.array(index).max(1_000_000)]), async (datasetId, revision, list, indices) => saveExcludeList(libraryDir, await manifest(datasetId, revision), list, indices)),
    'exclude.trainingImages': handler<'exclude.trainingImages'>(z.tuple([part]), async (given) => {
      const { data } = checkedRunConfig({ data: given });
      return trainingImages(libraryDir, await readDatasetManifest(libraryDir, data.dataset), data);
    }),
    'exclude.remove': handler<'exclude.remove'>(z.tuple([id, sha256, name]), async (datasetId, revision, list) => {
      await removeExcludeList(libraryDir, await manifest(datasetId, revision), list);
      return null;
    }),
  };
}
