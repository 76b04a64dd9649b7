import type { AuditCalls } from '../../contracts/calls/audit';
import type { IpcPush, IpcPushes } from '../../contracts/ipc';
import type { AuditedImages, DatasetAudit, DuplicatePair, ExcludeList, LabelMark } from '../../core/audit/types';

type Handlers = { [C in keyof AuditCalls]: (...args: AuditCalls[C]['args']) => AuditCalls[C]['value'] | Promise<AuditCalls[C]['value']> };
const none: AuditedImages = { count: 0, indices: [] };

/** An audit with so many pairs, of images that the browser draws; marks and lists as the library keeps them. */
export function fakeAuditCalls(classes: readonly string[], pairCount: number, push: <P extends IpcPush>(name: P, payload: IpcPushes[P]) => void): Handlers {
  const pairs: DuplicatePair[] = Array.from({ length: pairCount }, (_, i) => ({
    a: (i * 37) % 50_000, b: i % 3 === 0 ? 50_000 + ((i * 13) % 10_000) : 49_000 + ((i * 7) % 1000), kind: i < pairCount / 30 ? 'exact' : 'near', distance: i < pairCount / 30 ? 0 : (0.3 * i) / pairCount, mirrored: i % 11 === 5, shift: [0, i % 7 === 3 ? 1 : 0],
  }));
  const made = (datasetId: string, revision: string): DatasetAudit => ({
    schemaVersion: 1, datasetId, revision, createdAt: new Date(Date.now() - 4e6).toISOString(), elapsedMs: 71_000, counts: { train: 50_000, test: 10_000 }, classes,
    method: { version: 1, threshold: 0.12, keptUpTo: 0.3, near: { features: 93, candidateCosine: 0.8, shiftPixels: 4, images: 60_000 } }, pairs, pairsLeftOut: 0, notComparedInFull: none,
    grey: { count: 25, indices: Array.from({ length: 25 }, (_, i) => i * 31) }, constant: none, nearConstant: { count: 2, indices: [412, 9001] }, classCounts: { train: classes.map(() => 5000), test: classes.map(() => 1000) },
    labels: Object.fromEntries(pairs.flatMap(({ a, b }, i) => [[a, i % 10], [b, i % 23 === 0 ? (i + 3) % 10 : i % 10]])),
  });
  let audit: DatasetAudit | null = null;
  let cancelled = false;
  const lists = new Map<string, { readonly list: ExcludeList; readonly indices: readonly number[] }>();
  const marks: Record<number, LabelMark> = {};
  const images = (sha256: string) => [...lists.values()].find(({ list }) => list.sha256 === sha256)?.indices ?? [];
  return {
    'audit.get': (datasetId, revision) => audit && (pairCount > 0 ? made(datasetId, revision) : audit),
    'audit.start': async (datasetId, revision) => {
      cancelled = false;
      for (let done = 0; done <= 100 && !cancelled; done += 4) {
        push('audit.progress', { datasetId, revision, progress: { phase: done < 20 ? 'features' : 'compare', done: done * 600, total: 60_000, remainingMs: (100 - done) * 700 } });
        await new Promise((resolve) => { setTimeout(resolve, 60); });
      }
      if (cancelled) throw new Error('tool-cancelled');
      return (audit = made(datasetId, revision));
    },
    'audit.cancel': () => { cancelled = true; return null; },
    'audit.leaks': ({ data }) => {
      const excluded = data?.exclude ? new Set(images(data.exclude.sha256 ?? '')) : null;
      const left = audit ? pairs.filter(({ a, b, distance }) => distance <= 0.12 && b >= 49_000 && !excluded?.has(a)) : [];
      const of = (from: number, to: number) => left.filter(({ b }) => b >= from && b < to);
      const group = (between: 'train-validation' | 'train-test' | 'validation-test', found: readonly DuplicatePair[]) => ({ between, exact: found.filter(({ kind }) => kind === 'exact').length, near: found.filter(({ kind }) => kind === 'near').length, images: new Set(found.map(({ b }) => b)).size });
      return {
        datasetId: 'cifar10', revision: audit?.revision ?? '', splitSeed: 0, validationImages: 5000, audit: audit ? 'whole' : 'none', auditedAt: audit?.createdAt ?? null, threshold: audit ? 0.12 : null,
        excluded: data?.exclude ? { list: data.exclude.list, sha256: data.exclude.sha256 ?? '', images: { train: excluded?.size ?? 0, validation: 0, test: 0 } } : null,
        groups: [group('train-validation', of(49_000, 50_000)), group('train-test', of(50_000, 60_000)), group('validation-test', [])],
        pairs: left.slice(0, 500).map((pair) => ({ ...pair, splits: ['train', pair.b < 50_000 ? 'validation' : 'test'], labels: [0, 0] })), classes,
      };
    },
    'audit.labels': (runId) => ({
      runId, datasetId: 'cifar10', dataRevision: '9f41c27be0'.padEnd(64, 'a'), step: 7040, split: 'validation', images: 5000, classes, thresholds: classes.map(() => 0.8), confidentJoint: [], noiseShare: 0.012,
      issues: Array.from({ length: 61 }, (_, i) => ({ index: (i * 811) % 50_000, given: (i * 3) % 10, suggested: (i * 3 + 1 + (i % 8)) % 10, givenProbability: 0.0004 * (i + 1), suggestedProbability: 0.999 - i * 0.004 })),
    }),
    'audit.marks': () => ({ ...marks }),
    'audit.mark': (_, __, index, mark) => {
      if (mark === null) Reflect.deleteProperty(marks, index);
      else marks[index] = mark;
      return { ...marks };
    },
    'exclude.list': () => [...lists.values()].map(({ list }) => list),
    'exclude.trainingImages': (data) => 50_000 - (data?.validationImages ?? 5000) - (data?.exclude ? 214 : 0),
    'exclude.images': (_, __, sha256) => images(sha256),
    'exclude.save': (_, __, name, indices) => {
      const sha256 = [...`${name}${indices.length}`].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 2 ** 32, 7).toString(16).padStart(8, '0').repeat(8);
      const list: ExcludeList = { name, sha256, createdAt: new Date().toISOString(), counts: { train: indices.filter((index) => index < 50_000).length, test: indices.filter((index) => index >= 50_000).length }, usedBy: [] };
      lists.set(name, { list, indices });
      return list;
    },
    'exclude.remove': (_, __, name) => { lists.delete(name); return null; },
  };
}
