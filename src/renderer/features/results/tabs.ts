import type { ReportTarget } from '../../../contracts/calls/experiments';

export const resultTabs = ['answer', 'curves', 'images', 'runs', 'setup', 'report'] as const;
export type ResultTab = (typeof resultTabs)[number];

/** The address of a tab of an experiment, or of runs picked by hand. */
export const tabPath = (target: ReportTarget, tab: ResultTab): string =>
  ('experimentId' in target ? `/experiments/${encodeURIComponent(target.experimentId)}/${tab}` : `/compare/${tab}?runs=${target.runIds.map(encodeURIComponent).join(',')}`);

/** Ids out of `?runs=a,b`. */
export const runIdsOf = (query: unknown): string[] => (typeof query === 'string' ? query.split(',').filter(Boolean) : []);
