/** Columns that can be hidden; name, verdict and value always stand. */
export const columnKeys = ['curve', 'interval', 'best', 'effect', 'when'] as const;
export type ColumnKey = (typeof columnKeys)[number];
