import { app } from 'electron';
import { z } from 'zod';
import type { DoctorReport } from '../../contracts/doctor';
import { doctorDiagnostics } from '../../contracts/doctorText';
import type { CultivarErrorData } from '../../contracts/errors';
import { masked } from '../../contracts/masked';
import type { StorageReport } from '../../contracts/system';
import { readEvents } from '../../library/events';
import { storageReport } from '../../system/storage';
import type { AppContext } from '../context';
import { diagnostics, ownNames } from '../diagnostics';
import type { Health } from '../health';
import type { RecentLines } from '../recentLines';
import { handler, id, nothing, type Handlers } from './register';

type SystemCalls = 'doctor.report' | 'storage.report' | 'device.sample' | 'diagnostics.error' | 'diagnostics.doctor';

const errorData = z.custom<CultivarErrorData>((value) => typeof (value as Partial<CultivarErrorData> | null)?.code === 'string' && typeof (value as Partial<CultivarErrorData>).message === 'string', 'an error');

export function systemHandlers({ libraryDir, cacheDir }: AppContext, health: Health, recent: RecentLines): Handlers<SystemCalls> {
  const own = ownNames(libraryDir, cacheDir);
  let walking: Promise<StorageReport> | null = null;
  return {
    'doctor.report': handler<'doctor.report'>(z.tuple([z.boolean()]), (again): Promise<DoctorReport> => (again ? health.check() : health.report())),
    'storage.report': handler<'storage.report'>(nothing, () => (walking ??= storageReport(libraryDir, cacheDir).finally(() => { walking = null; }))),
    'diagnostics.error': handler<'diagnostics.error'>(z.tuple([errorData, id.nullable()]), async (error, runId) => {
      // A run that cannot be read is what the error may be about.
      const events = runId === null ? [] : await readEvents(libraryDir, runId).then((stored) => stored.events, () => []);
      return diagnostics(error, { version: app.getVersion(), report: health.known, lines: recent.all, events, own });
    }),
    'diagnostics.doctor': handler<'diagnostics.doctor'>(nothing, async () => masked(doctorDiagnostics(await health.report()), own)),
    'device.sample': handler<'device.sample'>(nothing, () => health.sampleDevice()),
  };
}
