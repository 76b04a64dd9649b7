import { expect, it } from 'vitest';
import { effectScope, nextTick } from 'vue';
import { useNeeded } from './useNeeded';

it('keeps all that is in sight, also where that is more than it would keep, and lets the oldest go afterwards', async () => {
  const asked: number[][] = [];
  const values = effectScope().run(() => useNeeded<string>({ of: () => 'one', perCall: 2, fetch: (keys) => { asked.push([...keys]); return Promise.resolve(() => keys.map(String)); }, kept: () => 3 }))!;
  const settled = async () => { for (let i = 0; i < 20; i++) await nextTick(); };
  values.need([1, 2, 3, 4, 5, 5]);
  await settled();
  expect([1, 2, 3, 4, 5].map(values.at)).toEqual(['1', '2', '3', '4', '5']);
  expect(asked).toEqual([[1, 2], [3, 4], [5]]);
  values.need([6]);
  await settled();
  expect([1, 2, 3, 4, 5, 6].map(values.at)).toEqual([null, null, null, '4', '5', '6']);
});
