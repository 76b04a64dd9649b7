import type { IpcCall, IpcPush } from '../contracts/ipc';

// Records, not arrays: a name that the contract has and these lack, or the other way round, does not compile.
const calls: Readonly<Record<IpcCall, true>> = {
  'app.info': true,
  'settings.get': true,
  'settings.set': true,
  'window.command': true,
  'runs.list': true,
  'runs.get': true,
  'runs.start': true,
  'runs.stop': true,
  'runs.pause': true,
  'runs.continue': true,
  'runs.resume': true,
  'runs.note': true,
  'runs.delete': true,
  'runs.restore': true,
  'runs.firstBatch': true,
  'runs.saveWeights': true,
  'runs.estimate': true,
  'queue.get': true,
  'quickstart.start': true,
  'experiments.list': true,
  'dataset.card': true,
  'dataset.samples': true,
  'dataset.fetch': true,
  'dataset.cancelFetch': true,
  'doctor.report': true,
  'storage.report': true,
  'device.sample': true,
  'shell.show': true,
  'clipboard.write': true,
  'close.shown': true,
  'close.answer': true,
};

const pushes: Readonly<Record<IpcPush, true>> = {
  'run.events': true,
  'run.changed': true,
  'run.removed': true,
  'queue.changed': true,
  'dataset.progress': true,
  'settings.changed': true,
  'doctor.changed': true,
  'close.asked': true,
};

export const isCall = (name: string): name is IpcCall => Object.hasOwn(calls, name);
export const isPush = (name: string): name is IpcPush => Object.hasOwn(pushes, name);
