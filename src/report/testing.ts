import { defaultRunConfig } from '../core/config/run';
import { sampleComparison } from '../core/figures/testing/sample';
import type { Comparison } from '../core/judgement/comparison';
import { readArm } from './armPredictions';
import type { ReportData, ReportRun } from './data';
import { pngDataUri } from './png';

/** A small square of one colour. */
const square = (value: number) => pngDataUri({ width: 8, height: 8, pixels: new Uint8Array(192).fill(value) });

/** Everything a report can hold, of the sample experiment. */
export function sampleReport(changes: Partial<ReportData> = {}, comparison: Comparison = sampleComparison()): ReportData {
  const runs = comparison.arms.flatMap((arm) => arm.runs.map((run): ReportRun => ({
    id: run.runId!, name: run.name, armKey: arm.key, seed: run.seed!, status: run.status, config: { ...defaultRunConfig(), augmentation: 'crop-flip', epochs: Number(arm.levels.epochs) }, revision: 'ad1a910d501b1d5e'.padEnd(64, '0'), numericsVersion: 1,
    environment: { device: 'cpu', deviceName: 'EPYC, 2 cores', gpuNotUsed: null, intraOpThreads: 2, cultivar: '0.1.0', tensorflow: '2.21.0', node: '20.20.2', electron: null, commit: null },
    startedAt: '2026-11-24T09:00:00.000Z', endedAt: '2026-11-24T09:05:00.000Z', trainMs: run.trainMs, wallMs: 300_000, steps: 100, parameterCount: 11_181_642, failure: null, warnings: [], resumes: 0,
  })));
  const predicted = { classes: ['cat', 'dog'], labels: [0, 0, 1, 1], probabilities: [0.9, 0.1, 0.2, 0.8, 0.3, 0.7, 0.4, 0.6] };
  return {
    locale: 'en', writtenAt: '2026-11-26T10:00:00.000Z', cultivarVersion: '0.1.0', comparison, runs, unreadable: [], command: 'cultivar report sample-abc123 --out report.html',
    experiment: { id: 'sample-abc123', createdAt: '2026-11-24T08:59:00.000Z', file: '{\n  "name": "sample"\n}\n', extended: false, hash: 'b07e1d'.padEnd(64, '0'), seeds: [1, 2, 3] },
    dataset: {
      manifest: {
        schemaVersion: 1, id: 'cifar10', name: 'CIFAR-10', classes: ['cat', 'dog'], image: { width: 8, height: 8, channels: 3 }, counts: { train: 50, test: 10 }, exclusions: [], normalization: { mean: [0.5, 0.5, 0.5], deviation: [0.2, 0.2, 0.2] },
        files: { 'images.bin': { bytes: 1, sha256: 'a'.repeat(64) }, 'labels.bin': { bytes: 1, sha256: 'b'.repeat(64) }, 'sources.json': { bytes: 1, sha256: 'c'.repeat(64) } }, revision: 'd'.repeat(64),
        source: { name: 'source', reference: 'package', integrity: 'sha512-x', licence: 'for research' }, createdAt: '2026-11-01T00:00:00.000Z',
      },
      classCounts: [25, 25], split: { train: 40, validation: 10, seed: 0 },
    },
    predictions: {
      arms: comparison.arms.map(({ key }) => readArm(key, [predicted, predicted])), classes: predicted.classes, images: 4, without: [], otherClasses: [],
      worst: { runId: 'run-crop-flip-20-1', armKey: comparison.arms[0]!.key, mistakes: 1, images: [{ index: 3, label: 'cat', answer: 'dog', confidence: 0.8, confidenceInLabel: 0.2, src: square(90), width: 64, height: 64 }] },
    },
    augmentation: [{ augmentation: 'crop-flip', seed: 1, epochs: 7, images: 3, src: square(200), width: 8, height: 8 }],
    ...changes,
  };
}
