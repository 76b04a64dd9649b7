import type { CheckId, DoctorCheck } from '../../contracts/doctor';
import type { CultivarErrorData } from '../../contracts/errors';

const make = (state: DoctorCheck['state']) => (id: CheckId, value: string, note = '', error?: CultivarErrorData): DoctorCheck =>
  ({ id, state, titleKey: `doctor.check.${id}`, value, note, ...(error && { error }) });

export const passed = (id: CheckId, value: string, note = '') => make('passed')(id, value, note);
export const notRun = (id: CheckId, reason: string) => make('not-run')(id, 'not run', reason);
export const failed = (id: CheckId, error: CultivarErrorData, value = error.message, note = '') => make('failed')(id, value, note, error);
export const warning = (id: CheckId, error: CultivarErrorData, value = error.message, note = '') => make('warning')(id, value, note, error);
