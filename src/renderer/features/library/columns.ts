/** Columns that can be hidden; name, verdict and value always stand. `set:` is a setting, by its path. */
export const columnKeys = ['curve', 'interval', 'best', 'effect', 'tags', 'when'] as const;
export type ColumnKey = (typeof columnKeys)[number] | `set:${string}`;

/** Until a person chooses. */
export const usualColumns: readonly ColumnKey[] = ['curve', 'interval', 'best', 'effect', 'when'];

/** Of a column, in pixels; the name takes what is left, and no less than `nameWidth`: then the table scrolls. */
export const columnWidths = { mark: 30, state: [156, 140], curve: 84, value: [60, 100], interval: [80, 106], best: 100, effect: 128, tags: 140, when: 86, set: 104 } as const;
export const nameWidth = 210;

/** Of the verdict where the window is very wide: none is cut. */
const wideState = 260;

/** @param experiments whether experiments are listed, else runs */
export function widthOf(key: string, experiments: boolean, wide: boolean): number | null {
  if (key === 'state' && wide) return wideState;
  const width = key.startsWith('set:') ? columnWidths.set : key in columnWidths ? columnWidths[key as keyof typeof columnWidths] : null;
  return typeof width === 'number' || width === null ? width : width[experiments ? 0 : 1];
}

export const settingOf = (key: ColumnKey): string | null => (key.startsWith('set:') ? key.slice(4) : null);
