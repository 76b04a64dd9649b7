import type { SampleImages } from '../../contracts/dataset';
import type { IpcCalls } from '../../contracts/ipc';
import type { DatasetManifest } from '../../contracts/dataset';

const older = '0c'.repeat(32);

/** A data set's card in a browser: CIFAR-10's shape with invented figures. */
export function fakeDatasetCalls(manifest: () => DatasetManifest, samples: (perClass: number) => Promise<SampleImages>) {
  return {
    'dataset.facts': (_id: string, wanted: string | null): IpcCalls['dataset.facts']['value'] => {
      const { id, name, revision, createdAt, image, counts, classes, normalization, source } = manifest();
      const bell = (mean: number) => { const raw = Array.from({ length: 64 }, (_, bin) => Math.exp(-(((bin - mean * 64) / 18) ** 2))); const sum = raw.reduce((a, b) => a + b, 0); return raw.map((value) => value / sum); };
      return {
        schemaVersion: 1, id, name, revision: wanted ?? revision, current: wanted !== older, createdAt: wanted === older ? '2026-10-02T09:00:00.000Z' : createdAt, image, bytes: 184_380_900, counts: { ...counts, excluded: 0 }, classes: classes.map((own) => ({ name: own, train: 5000, test: 1000 })),
        balance: { least: { label: 0, images: 5000 }, most: { label: 0, images: 5000 }, ratio: 1 }, channels: { images: counts.train, ...normalization, histogram: normalization.mean.map(bell) }, normalization,
        splits: [{ split: 'train', images: counts.train, sha256: '4'.repeat(64) }, { split: 'test', images: counts.test, sha256: '7'.repeat(64) }],
        validation: [{ images: 5000, seed: 0, excludeList: null, trainImages: 45_000, aClass: { least: 500, most: 500 }, sha256: 'c'.repeat(64), runs: 14, usual: true }],
        test: { images: counts.test, origin: 'given', drawn: null, openings: [] }, imported: null, warnings: [], quarantined: { count: 0, files: [], report: null }, source, note: null,
        revisions: [{ revision, createdAt, current: true, images: counts.train + counts.test, bytes: 184_380_900, runs: [] }, { revision: older, createdAt: '2026-10-02T09:00:00.000Z', current: false, images: 59_000, bytes: 181_308_900, runs: [{ id: 'r18-crop-1', name: 'Crop + flip, 20 epochs' }, { id: 'r18-none-1', name: 'No augmentation, 5 epochs' }] }],
      };
    },
    'dataset.revisions': () => {
      const now = manifest();
      return [now, { ...now, revision: older, counts: { ...now.counts, train: 49_000 }, createdAt: '2026-10-02T09:00:00.000Z' }];
    },
    'dataset.source': (_id: string, _revision: string, index: number) => ({ file: `data_batch_${1 + Math.floor(index / 10_000)}.png`, place: index % 10_000, width: null, height: null }),
    'dataset.page': async (_id: string, _revision: string, label: number | null, from: number, count: number): Promise<IpcCalls['dataset.page']['value']> => {
      const all = await samples(8);
      const own = all.labels.flatMap((one, i) => (label === null || one === label ? [i] : []));
      const shown = Array.from({ length: Math.min(count, Math.max(0, 5000 - from)) }, (_, i) => own[(from + i) % own.length]!);
      const bytes = all.width * all.height * 3;
      const pixels = new Uint8Array(shown.length * bytes);
      shown.forEach((at, i) => { pixels.set(all.pixels.subarray(at * bytes, (at + 1) * bytes), i * bytes); });
      return { width: all.width, height: all.height, total: label === null ? 50_000 : 5000, indices: shown.map((_, i) => from + i), labels: shown.map((at) => all.labels[at]!), pixels };
    },
  };
}
