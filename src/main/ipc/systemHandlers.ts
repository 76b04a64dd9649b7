import { z } from 'zod';
import type { DoctorReport } from '../../contracts/doctor';
import { storageReport } from '../../system/storage';
import type { AppContext } from '../context';
import type { Health } from '../health';
import { handler, nothing, type Handlers } from './register';

type SystemCalls = 'doctor.report' | 'storage.report' | 'device.sample';

export function systemHandlers({ libraryDir, cacheDir }: AppContext, health: Health): Handlers<SystemCalls> {
  return {
    'doctor.report': handler<'doctor.report'>(z.tuple([z.boolean()]), (again): Promise<DoctorReport> => (again ? health.check() : health.report())),
    'storage.report': handler<'storage.report'>(nothing, () => storageReport(libraryDir, cacheDir)),
    'device.sample': handler<'device.sample'>(nothing, () => health.sampleDevice()),
  };
}
