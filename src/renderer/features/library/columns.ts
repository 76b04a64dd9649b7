/** Columns that can be hidden; name, verdict and value always stand. `set:` is a setting, by its path. */
export const columnKeys = ['curve', 'interval', 'best', 'effect', 'tags', 'when'] as const;
export type ColumnKey = (typeof columnKeys)[number] | `set:${string}`;

/** Until a person chooses. */
export const usualColumns: readonly ColumnKey[] = ['curve', 'interval', 'best', 'effect', 'when'];

/** In pixels, where a table has to be wider than its pane. */
export const columnWidths: Readonly<Record<string, number>> = { curve: 88, interval: 84, best: 96, effect: 136, tags: 150, when: 84, set: 112 };
export const nameWidth = 210;

export const settingOf = (key: ColumnKey): string | null => (key.startsWith('set:') ? key.slice(4) : null);
