/** Columns that can be hidden; name, verdict and value always stand. `set:` is a setting, by its path. */
export const columnKeys = ['curve', 'interval', 'best', 'effect', 'tags', 'when'] as const;
export type ColumnKey = (typeof columnKeys)[number] | `set:${string}`;

/** Until a person chooses. */
export const usualColumns: readonly ColumnKey[] = ['curve', 'interval', 'best', 'effect', 'when'];

/** Of a column, in pixels; the name takes what is left, and no less than `nameWidth`. */
export const columnWidths = { mark: 30, state: [156, 140], curve: 84, value: [60, 100], interval: [80, 106], best: 100, effect: 128, tags: 140, when: 86, set: 104 } as const;
const nameWidth = 196;

/** Of the verdict where the window is very wide: none is cut. */
const wideState = 260;

/** @param experiments whether experiments are listed, else runs */
export function widthOf(key: string, experiments: boolean, wide: boolean): number | null {
  if (key === 'state' && wide) return wideState;
  const width = key.startsWith('set:') ? columnWidths.set : key in columnWidths ? columnWidths[key as keyof typeof columnWidths] : null;
  return typeof width === 'number' || width === null ? width : width[experiments ? 0 : 1];
}

export const settingOf = (key: ColumnKey): string | null => (key.startsWith('set:') ? key.slice(4) : null);

/** The order in which columns give way where there is no room: first those that nobody asked for, then what was chosen, the oldest first. */
const givingWay: readonly ColumnKey[] = ['curve', 'best', 'interval', 'effect', 'when'];

/** Columns that there is room for, in the order given, and those that there is none for: the table never scrolls sideways. @param width of the table in pixels */
export function fitting(columns: readonly ColumnKey[], { experiments, wide, width }: { readonly experiments: boolean; readonly wide: boolean; readonly width: number }): { readonly shown: readonly ColumnKey[]; readonly left: readonly ColumnKey[] } {
  const ofOne = (key: string) => widthOf(key, experiments, wide) ?? 0;
  const shown = columns.filter((key) => key !== (experiments ? 'best' : 'effect'));
  const room = width - columnWidths.mark - nameWidth - ofOne('state') - ofOne('value');
  const left: ColumnKey[] = [];
  const leaving = [...givingWay.filter((key) => shown.includes(key)), ...shown.filter((key) => !givingWay.includes(key))];
  while (leaving.length > 0 && shown.reduce((sum, key) => sum + ofOne(key), 0) > room) {
    const key = leaving.shift()!;
    shown.splice(shown.indexOf(key), 1);
    left.push(key);
  }
  return { shown, left };
}
