import type { InterchangeCalls } from '../../contracts/calls/interchange';
import { matchWeights } from '../../core/model/matchWeights';
import type { IpcPush, IpcPushes } from '../../contracts/ipc';

type Handlers = { [C in keyof InterchangeCalls]: (...args: InterchangeCalls[C]['args']) => InterchangeCalls[C]['value'] | Promise<InterchangeCalls[C]['value']> };

/** Images tried, archives and figures in the browser: seconds of progress, an image that cannot be read, an import that meets other content. */
export function fakeInterchangeCalls(push: <P extends IpcPush>(name: P, payload: IpcPushes[P]) => void): Handlers {
  const later = (phase: 'write' | 'check', ticks = 20) => new Promise<void>((resolve) => {
    let tick = 0;
    const timer = setInterval(() => {
      push('archive.progress', { phase, doneBytes: (tick / ticks) * 44_886_609, totalBytes: 44_886_609 });
      if (tick++ < ticks) return;
      clearInterval(timer);
      resolve();
    }, 60);
  });
  return {
    'predict.images': (_runId, images) => ({
      step: 1580, epochsDone: 20, input: { width: 32, height: 32 },
      images: images.map(({ name, data }) => (data.length < 100
        ? { name, error: { code: 'image-unreadable', message: `${name} cannot be read as an image: it is damaged.` } }
        : { name, top: [{ label: 'dog', index: 5, probability: 0.7124 }, { label: 'cat', index: 3, probability: 0.2011 }, { label: 'horse', index: 7, probability: 0.0419 }] })),
    }),
    'weights.open': (file) => {
      const path = file?.path ?? '/home/me/resnet50-imagenet.pth';
      return { path, sha256: file?.sha256 ?? null, name: path.split('/').at(-1)!, format: 'torch', tensors: matchWeights([], { architecture: 'resnet50', stem: 'imagenet', classes: 1000 }).missing.map(({ name, shape }) => ({ name, shape })), ignored: 53 };
    },
    'archive.save': async () => {
      await later('write');
      return { path: '/home/me/ドキュメント/crop-flip-20.zip', bytes: 40_000_000, runs: 1 };
    },
    'archive.asked': () => null,
    'archive.waits': () => false,
    'archive.import': async (_path, asNew) => {
      await later('check');
      return {
        content: { kind: 'experiment', id: 'exp-abcdef', name: 'Augmentation or length?' }, checkpoints: false, runs: [{ id: asNew ? 'r-222222' : 'r-111111', archivedId: 'r-111111', outcome: 'imported' }],
        experiments: [{ id: 'exp-abcdef', archivedId: 'exp-abcdef', outcome: 'imported' }], datasets: [{ id: 'cifar10', revision: 'a'.repeat(64), state: 'absent' }], bytes: 44_886_609,
      };
    },
    'archive.cancel': () => null,
    'metrics.save': (_id, format) => ({ path: `/home/me/ドキュメント/crop-flip-20-${format}` }),
  };
}
