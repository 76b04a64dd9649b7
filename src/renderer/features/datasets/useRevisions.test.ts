import { effectScope, nextTick, reactive, shallowRef } from 'vue';
import { afterEach, expect, it, vi } from 'vitest';
import type { DatasetManifest } from '../../../contracts/dataset';
import { useRevisions } from './useRevisions';

const route = reactive<{ query: Record<string, string> }>({ query: {} });
vi.mock('vue-router', () => ({ useRoute: () => route }));
let answer: (all: readonly DatasetManifest[]) => void = () => undefined;
let fail: () => void = () => undefined;
vi.mock('../../api', () => ({ ask: () => new Promise((resolve, reject) => { answer = resolve; fail = () => { reject(new Error('unreadable')); }; }) }));

const manifest = (revision: string, id = 'shells') => ({ id, revision }) as unknown as DatasetManifest;
const scope = effectScope(true);
afterEach(() => { route.query = {}; });

it('shows the newest; an older one that the address names once it is known to be there; the newest where it is gone', async () => {
  const newest = shallowRef<DatasetManifest | null>(manifest('b'));
  const { all, shown, named } = scope.run(() => useRevisions(() => newest.value))!;
  expect([shown.value?.revision, named.value]).toEqual(['b', null]);
  route.query = { revision: 'a' };
  // Not the newest for a moment: its first look may be long.
  expect([shown.value, named.value]).toEqual([null, null]);
  answer([manifest('b'), manifest('a')]);
  await vi.waitFor(() => { expect([shown.value?.revision, named.value]).toEqual(['a', 'a']); });
  expect(all.value).toHaveLength(2);
  route.query = { revision: 'gone' };
  expect([shown.value?.revision, named.value]).toEqual(['b', null]);

  // Another data set: nothing of the first is left.
  route.query = { revision: 'a' };
  newest.value = manifest('x', 'leaves');
  await nextTick();
  expect([shown.value, all.value]).toEqual([null, []]);
  fail();
  await vi.waitFor(() => { expect([shown.value?.revision, all.value.length]).toEqual(['x', 1]); });
  newest.value = null;
  expect(shown.value).toBeNull();
});
