import type { BinCalls, BinItem } from '../../contracts/calls/bin';
import type { Remarks, RemarksCalls } from '../../contracts/calls/remarks';
import type { IpcPush, IpcPushes } from '../../contracts/ipc';
import { changedTags } from '../../core/text/tags';
import type { FakeRun } from './fakeRuns';

type Calls = RemarksCalls & BinCalls;
type Handlers = { [C in keyof Calls]: (...args: Calls[C]['args']) => Calls[C]['value'] | Promise<Calls[C]['value']> };

const none: Remarks = { note: '', tags: [], pinned: false };

/** What stands in for main's answers about notes, tags, sizes and the bin. */
export function fakeLibraryCalls(world: { push<P extends IpcPush>(name: P, payload: IpcPushes[P]): void; runs: ReadonlyMap<string, FakeRun>; first: boolean }): Handlers {
  const remarks = {
    run: new Map<string, Remarks>(world.first ? [] : [['r18-crop-1', { note: 'The reference of the talk.', tags: ['seminar', 'baseline'], pinned: false }], ['r18-ja', { note: '学習率が高すぎたかもしれない。', tags: ['ゼミ'], pinned: false }]]),
    experiment: new Map<string, Remarks>(world.first ? [] : [
      ['ta-epochs', { note: 'Answers the write-up from the seminar. Crop + flip alone is the better choice at this budget.', tags: ['augmentation', 'seminar'], pinned: true }], ['stem', { ...none, pinned: true }], ['student', { ...none, tags: ['seminar'], pinned: true }],
    ]),
  };
  let bin: BinItem[] = [];
  return {
    'remarks.list': () => ({ runs: Object.fromEntries(remarks.run), experiments: Object.fromEntries(remarks.experiment) }),
    'remarks.change': (of, { note, add = [], remove = [], pinned }) => {
      const before = remarks[of.kind].get(of.id) ?? none;
      const after = { note: note ?? before.note, tags: changedTags(before.tags, add, remove), pinned: pinned ?? before.pinned };
      remarks[of.kind].set(of.id, after);
      world.push('remarks.changed', { of, remarks: after });
      return { before, after };
    },
    'bin.list': () => bin,
    'bin.empty': () => {
      const freedBytes = bin.reduce((sum, { bytes }) => sum + bytes, 0);
      bin = [];
      return { freedBytes };
    },
    'runs.binWeights': (runIds) => {
      bin = [...runIds.map((id): BinItem => ({ kind: 'weights', id, name: world.runs.get(id)?.summary.name ?? id, bytes: 188e6, since: new Date().toISOString() })), ...bin];
      world.push('bin.changed', null);
      return { runIds, bytes: runIds.length * 188e6 };
    },
    'runs.restoreWeights': (runIds) => {
      bin = bin.filter(({ id }) => !runIds.includes(id));
      world.push('bin.changed', null);
      return null;
    },
    'storage.runs': () => [...world.runs.values()].map(({ summary: { id, name } }, i) => ({ id, name: name || id, weightsBytes: bin.some((item) => item.id === id) ? 0 : 188e6 - i * 3e6, recordBytes: 2.1e6 })),
  };
}
