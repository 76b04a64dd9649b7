import { beforeAll, expect, it } from 'vitest';
import { sharedFolder } from '../../../test/support/tempFolder';
import { trainingLibrary, waitingRun } from '../../../test/support/trainingLibrary';
import { openRunWriter } from '../../library/runWriter';
import { firstToStart } from './firstToStart';

const library = trainingLibrary(sharedFolder());
const broken = { code: 'gpu-unusable', message: 'The driver is not loaded.' } as const;
const entry = (runId: string) => ({ runId, resume: false, handedOver: false });
const ids = { gpu: '', begun: '', open: '', cpu: '' };

beforeAll(async () => {
  Object.assign(ids, { gpu: await waitingRun(library, { device: 'gpu' }), begun: await waitingRun(library, { device: 'auto' }), open: await waitingRun(library, { device: 'auto' }), cpu: await waitingRun(library, { device: 'cpu' }) });
  const writer = await openRunWriter(library, ids.begun, 'a test');
  await writer.update({ environment: { device: { kind: 'gpu', name: 'a GPU' }, gpuNotUsed: null, intraOpThreads: 2, precision: 'float32', versions: { cultivar: '0', tensorflow: '0', node: '0', electron: null, commit: null } } });
  await writer.close();
});

const first = async (awaited: typeof broken | null, cpuMeanwhile: boolean, order: readonly (keyof typeof ids)[] = ['gpu', 'begun', 'open', 'cpu']) => {
  const found = await firstToStart(library, order.map((name) => entry(ids[name])), awaited, cpuMeanwhile);
  return found && Object.entries(ids).find(([, id]) => id === found.runId)![0];
};

it('takes the first of all where no GPU is waited for', async () => {
  expect(await first(null, false)).toBe('gpu');
  expect(await first(null, true, ['open', 'gpu'])).toBe('open');
  expect(await first(null, false, [])).toBeNull();
});

it('takes what asks for the CPU while the GPU cannot be used, and what leaves it open where that is chosen, but for what began on the GPU', async () => {
  expect(await first(broken, false)).toBe('cpu');
  expect(await first(broken, true)).toBe('open');
  expect(await first(broken, false, ['gpu', 'begun', 'open'])).toBeNull();
  expect(await first(broken, true, ['gpu', 'begun'])).toBeNull();
});

it('a run that cannot be read is taken: why not is told by its start', async () => {
  expect(await firstToStart(library, [entry(ids.gpu), entry('gone')], broken, false)).toMatchObject({ runId: 'gone' });
});
