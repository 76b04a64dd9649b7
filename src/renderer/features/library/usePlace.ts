import { computed } from 'vue';
import { useLocalStorage } from '@vueuse/core';
import { usualColumns, type ColumnKey } from './columns';
import type { Sort } from './sorting';
import type { StateFilter } from './standing';

/** What of the library was looked at, and how: as it was left, also after a restart. */
export function usePlace() {
  const kept = <T>(name: string, initial: T) => useLocalStorage<T>(`cultivar.library.${name}`, initial);
  const openedKeys = kept<readonly string[]>('opened', []);
  const selected = kept<string>('selected', '');
  return {
    query: kept('query', ''),
    view: kept<'experiments' | 'runs'>('view', 'experiments'),
    state: kept<StateFilter>('state', 'any'),
    datasets: kept<readonly string[]>('datasets', []),
    tags: kept<readonly string[]>('tags', []),
    /** A setting's path, `seeds`, or `none`. */
    group: kept<string>('group', 'none'),
    columns: kept<readonly ColumnKey[]>('columns', usualColumns),
    sort: kept<Sort>('sort', { key: 'when', descending: true }),
    scrollTop: kept('scrollTop', 0),
    selectedKey: computed<string | null>({ get: () => selected.value || null, set: (key) => { selected.value = key ?? ''; } }),
    opened: computed<ReadonlySet<string>>({ get: () => new Set(openedKeys.value), set: (keys) => { openedKeys.value = [...keys]; } }),
  };
}
