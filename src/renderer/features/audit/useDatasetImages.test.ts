import { beforeEach, expect, it, vi } from 'vitest';
import { effectScope, nextTick, shallowRef } from 'vue';
import { useDatasetImages } from './useDatasetImages';

const side = 2;
let asked: { readonly indices: readonly number[]; readonly revision: string; readonly answer: (ok?: boolean) => void }[];

/** The outermost edge: main, which answers when the test says so. An image is its index, twelve times. */
beforeEach(() => {
  asked = [];
  vi.stubGlobal('window', {
    cultivar: {
      call: (_: string, __: string, indices: readonly number[], revision: string) => new Promise((resolve) => {
        asked.push({ indices, revision, answer: (ok = true) => { resolve(ok ? { ok, value: { width: side, height: side, pixels: Uint8Array.from(indices.flatMap((index) => Array.from({ length: side * side * 3 }, () => index))) } } : { ok, error: { code: 'dataset-damaged', message: 'x' } }); } });
      }),
    },
  });
});
const settled = async () => { for (let i = 0; i < 5; i++) await nextTick(); };

it('asks once for what is in sight, and not for what has scrolled by meanwhile', async () => {
  const of = shallowRef({ datasetId: 'x', revision: 'r' });
  const images = effectScope().run(() => useDatasetImages(() => of.value))!;
  images.need([1, 2, 2]);
  images.need([3]);
  images.need([4, 1]);
  expect(asked.map(({ indices }) => indices)).toEqual([[1, 2]]);
  asked[0]!.answer();
  await settled();
  // 1 came with the first answer and is not asked for again once it is needed anew; 3 has gone by.
  expect(asked[1]!.indices).toContain(4);
  expect(asked.flatMap(({ indices }) => indices)).not.toContain(3);
  asked[1]!.answer();
  await settled();
  expect([...images.pixelsOf(4)]).toEqual(Array.from({ length: 12 }, () => 4));
  expect(images.pixelsOf(3)).toHaveLength(0);
  images.need([1, 4]);
  await settled();
  expect(asked).toHaveLength(2);
});

it('forgets the images of another revision, and says what failed', async () => {
  const of = shallowRef({ datasetId: 'x', revision: 'r' });
  const images = effectScope().run(() => useDatasetImages(() => of.value))!;
  images.need([7]);
  of.value = { datasetId: 'x', revision: 's' };
  await settled();
  asked[0]!.answer();
  await settled();
  expect(images.pixelsOf(7)).toHaveLength(0);
  images.need([7]);
  expect(asked[1]!.revision).toBe('s');
  asked[1]!.answer(false);
  await settled();
  expect(images.error.value?.code).toBe('dataset-damaged');
  images.retry();
  expect(images.error.value).toBeNull();
  expect(asked[2]).toMatchObject({ indices: [7], revision: 's' });
  asked[2]!.answer();
  await settled();
  expect(images.error.value).toBeNull();
  expect(images.pixelsOf(7)).toHaveLength(12);
});
