import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { runConfigSchema } from '../../core/config/run';
import { useTrainingImages } from './trainingImages';

const asked = vi.fn<(call: string, data: { exclude: { list: string } }) => Promise<number>>();
vi.mock('../api', () => ({ ask: (call: string, data: { exclude: { list: string } }) => asked(call, data) }));
beforeEach(() => { setActivePinia(createPinia()); asked.mockReset(); });

const manifest = { id: 'cifar10', revision: 'r', counts: { train: 50_000, test: 10_000 }, exclusions: [3, 50_001] };
const data = (list: string | null, trainImages: number | null = null) => runConfigSchema.parse({ data: { trainImages, exclude: list === null ? null : { list, sha256: 'a'.repeat(64) } } }).data;

it('counts a split by itself, and asks once for what a list leaves of it', async () => {
  asked.mockImplementation((_, { exclude }) => (exclude.list === 'gone' ? Promise.reject(new Error('no such list')) : Promise.resolve(44_700)));
  const images = useTrainingImages();
  expect(images.of(data(null), manifest)).toBe(44_999);
  expect(images.of(data(null), { ...manifest, id: 'other' })).toBeNull();
  expect(images.of(data(null), null)).toBeNull();
  expect(asked).not.toHaveBeenCalled();
  expect([images.of(data('twins'), manifest), images.of(data('twins', 1000), manifest), images.of(data('gone'), manifest)]).toEqual([null, null, null]);
  await vi.waitFor(() => { expect(images.of(data('twins'), manifest)).toBe(44_700); });
  expect([images.of(data('twins', 1000), manifest), images.of(data('gone'), manifest)]).toEqual([44_700, null]);
  expect(asked).toHaveBeenCalledTimes(2);
});

it('asks about a data set whose manifest is not at hand', async () => {
  asked.mockResolvedValue(900);
  const images = useTrainingImages();
  expect(images.ofAny(data(null), manifest)).toBe(44_999);
  expect(asked).not.toHaveBeenCalled();
  expect(images.ofAny(data(null), { ...manifest, id: 'other' })).toBeNull();
  await vi.waitFor(() => { expect(images.ofAny(data(null), null)).toBe(900); });
  expect(asked).toHaveBeenCalledTimes(1);
});
