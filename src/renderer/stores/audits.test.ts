import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import type { DatasetAudit, ExcludeList } from '../../core/audit/types';
import { useAudits } from './audits';

const [one, other] = [{ datasetId: 'a', revision: 'r1' }, { datasetId: 'b', revision: 'r2' }];
const auditOf = (revision: string) => ({ revision, pairs: [] }) as unknown as DatasetAudit;
let lists: Map<string, readonly number[]>;
let refusal: { code: string; message: string } | null;
let finish: () => void;
let told: (payload: unknown) => void;

/** The outermost edge: main, as the window hears it. */
beforeEach(() => {
  setActivePinia(createPinia());
  lists = new Map();
  refusal = null;
  const listed = (): ExcludeList[] => [...lists].map(([name, indices]) => ({ name, sha256: indices.join('-'), createdAt: '', counts: { train: indices.length, test: 0 }, usedBy: [] }));
  const calls: Record<string, (...args: never[]) => unknown> = {
    'audit.get': (_: string, revision: string) => (revision === 'r1' ? auditOf('r1') : null),
    'audit.start': (_: string, revision: string) => new Promise((resolve) => { finish = () => { resolve(auditOf(`${revision} anew`)); }; }),
    'audit.cancel': () => null,
    'exclude.list': listed,
    'exclude.images': (_: string, __: string, sha256: string) => sha256.split('-').map(Number),
    'exclude.save': (_: string, __: string, name: string, indices: readonly number[]) => { lists.set(name, indices); return listed().find((list) => list.name === name); },
    'exclude.remove': (_: string, __: string, name: string) => { lists.delete(name); return null; },
  };
  vi.stubGlobal('window', {
    cultivar: {
      on: (_: string, listener: (payload: unknown) => void) => { told = listener; return () => undefined; },
      call: async (name: string, ...args: never[]) => (refusal ? { ok: false, error: refusal } : { ok: true, value: await calls[name]!(...args) }),
    },
  });
});

it('chooses and lets go, undoes step by step, and keeps the choice of each revision', async () => {
  const audits = useAudits();
  await audits.load(one);
  audits.choose([5, 3], true);
  audits.choose([3], true); // changes nothing, so that undo takes the step before
  audits.choose([5], false);
  expect([...audits.chosen]).toEqual([3]);
  audits.undo();
  expect([...audits.chosen].sort()).toEqual([3, 5]);
  await audits.load(other);
  expect(audits.chosen.size).toBe(0);
  expect(audits.audit).toBeNull();
  await audits.load(one);
  expect([...audits.chosen].sort()).toEqual([3, 5]);
  audits.undo();
  audits.undo();
  expect(audits.chosen.size).toBe(0);
});

it('saves a list in order, opens it to be changed, and puts a removed one back', async () => {
  const audits = useAudits();
  await audits.load(one);
  audits.choose([30, 4, 100], true);
  expect(await audits.save('twins')).toMatchObject({ name: 'twins' });
  expect(lists.get('twins')).toEqual([4, 30, 100]);
  audits.clear();
  await audits.open(audits.lists[0]!);
  expect([...audits.chosen]).toEqual([4, 30, 100]);
  expect(audits.choice.name).toBe('twins');
  const putBack = await audits.remove(audits.lists[0]!);
  expect(audits.lists).toEqual([]);
  await putBack!();
  expect(lists.get('twins')).toEqual([4, 30, 100]);
  expect(audits.lists).toHaveLength(1);
});

it('follows one audit whichever page is open, and says a refusal', async () => {
  const audits = useAudits();
  await audits.load(one);
  const started = audits.start(one);
  await audits.start(other); // one at a time
  told({ ...one, progress: { phase: 'compare', done: 3, total: 9, remainingMs: null } });
  expect(audits.running).toMatchObject({ revision: 'r1', progress: { done: 3 } });
  await audits.cancel();
  expect(audits.running?.cancelling).toBe(true);
  finish();
  await started;
  expect(audits.running).toBeNull();
  expect(audits.audit?.revision).toBe('r1 anew');
  refusal = { code: 'library-damaged', message: 'x' };
  expect(await audits.save('twins')).toBeNull();
  expect(audits.error?.code).toBe('library-damaged');
  refusal = { code: 'tool-cancelled', message: 'x' };
  await audits.start(one);
  expect(audits.error).toBeNull();
});
