import type { ComparedArm, Comparison, CurvePoint, Interval, Level } from '../../judgement/comparison';

/** Names that try to break out of HTML, CSV, LaTeX and the direction of writing. */
export const hostileName = 'A<script>alert(1)</script>"\'&\u202E日本語 =1+1 \\textbf{x} | 5 % _y_';

const spread = (mean: number, half: number): Interval => ({ low: mean - half, high: mean + half });

/** A finished 3 × 2 experiment of three seeds an arm, with numbers that agree with each other as far as tables and figures show them. */
export function sampleComparison(changes: Partial<Comparison> = {}): Comparison {
  const policies = ['none', 'crop-flip', 'crop-flip-trivialaugment'] as const;
  const means: Readonly<Record<string, readonly [number, number]>> = { none: [0.7936, 0.8157], 'crop-flip': [0.8219, 0.8653], 'crop-flip-trivialaugment': [0.7616, 0.8329] };
  const arms = [5, 20].flatMap((epochs, column) => policies.map((augmentation) => arm({ augmentation, epochs }, means[augmentation]![column]!, epochs)));
  const key = (augmentation: string, epochs: number) => `augmentation ${augmentation}, epochs ${epochs}`;
  const figures = (differencePoints: number, id: string) => ({
    id, n: 3, paired: true, unpairedReason: null, differencePoints, standardErrorPoints: 0.16, degreesOfFreedom: 10, intervalPoints: spread(differencePoints, 0.36), adjustedIntervalPoints: spread(differencePoints, 0.5), p: 0.00002, pAdjusted: 0.0003, provisional: false,
    verdict: differencePoints > 0 ? 'better' : 'worse', seedsNeeded: { forObserved: 2, forMargin: 5 },
  } as const);
  const simple = (factor: string, level: Level, against: Level, at: Readonly<Record<string, Level>>, arm: string, reference: string, points: number) =>
    ({ kind: 'simple', factor, level, against, at, arm, reference, bySeed: [1, 2, 3].map((seed) => ({ seed, arm: 0.8 + points / 100, reference: 0.8, differencePoints: points })), ...figures(points, `${arm} - ${reference}`) } as const);
  return {
    schemaVersion: 1,
    subject: { kind: 'experiment', experimentId: 'sample-abc123', name: 'TrivialAugment, epochs', question: 'Does augmentation change validation accuracy on CIFAR-10, and does that depend on the number of epochs?', createdAt: '2026-11-24T09:00:00.000Z' },
    marginPoints: 0.5, confidence: 0.95, validationImages: 5000,
    factors: [{ field: 'augmentation', levels: policies }, { field: 'epochs', levels: [5, 20] }],
    arms,
    contrasts: [
      simple('augmentation', 'crop-flip', 'none', { epochs: 5 }, key('crop-flip', 5), key('none', 5), 2.83),
      simple('augmentation', 'crop-flip', 'none', { epochs: 20 }, key('crop-flip', 20), key('none', 20), 4.96),
      simple('augmentation', 'crop-flip-trivialaugment', 'none', { epochs: 5 }, key('crop-flip-trivialaugment', 5), key('none', 5), -3.2),
      simple('augmentation', 'crop-flip-trivialaugment', 'none', { epochs: 20 }, key('crop-flip-trivialaugment', 20), key('none', 20), 1.72),
      simple('epochs', 20, 5, { augmentation: 'none' }, key('none', 20), key('none', 5), 2.21),
      { kind: 'interaction', factor: 'augmentation', level: 'crop-flip-trivialaugment', against: 'none', other: 'epochs', otherLevel: 20, otherAgainst: 5, at: {}, ...figures(4.92, 'interaction') },
    ],
    factorial: {
      effects: [{ factor: 'augmentation', level: 'crop-flip', against: 'none', differencePoints: 3.9, standardErrorPoints: 0.11, intervalPoints: spread(3.9, 0.25), p: 1e-9 }, { factor: 'epochs', level: 20, against: 5, differencePoints: 4.56, standardErrorPoints: 0.09, intervalPoints: spread(4.56, 0.2), p: 1e-11 }],
      anova: [{ term: ['augmentation'], f: 812.4, degreesOfFreedom: 2, p: 1e-11 }, { term: ['epochs'], f: 2401, degreesOfFreedom: 1, p: 1e-13 }, { term: ['augmentation', 'epochs'], f: 96.2, degreesOfFreedom: 2, p: 2.9e-7 }],
      residualDegreesOfFreedom: 10,
    },
    answer: { kind: 'depends', factor: 'augmentation', level: 'crop-flip-trivialaugment', against: 'none', on: 'epochs', contrasts: [`${key('crop-flip-trivialaugment', 20)} - ${key('none', 20)}`, `${key('crop-flip-trivialaugment', 5)} - ${key('none', 5)}`, 'interaction'] },
    confounds: [], caveats: [{ kind: 'epochs-stretch-schedule' }, { kind: 'learning-rate-not-tuned' }],
    imagewise: [{ contrastId: `${key('crop-flip', 20)} - ${key('none', 20)}`, seed: 1, runs: ['run-crop-flip-20-1', 'run-none-20-1'], images: 5000, armOnly: 431, referenceOnly: 183, mcnemarP: 1e-22, differencePoints: 4.96, bootstrapIntervalPoints: spread(4.96, 0.97) }],
    time: { rows: [{ seconds: 61.2, accuracy: Object.fromEntries(arms.map((one, i) => [one.key, i === 5 ? null : 0.7 + i / 100])) }], front: [key('none', 5), key('crop-flip', 5), key('crop-flip', 20)] },
    differences: [
      { field: 'augmentation', role: 'cause', from: null, values: Object.fromEntries(arms.map((one) => [one.key, one.levels.augmentation!])) },
      { field: 'epochs', role: 'cause', from: null, values: Object.fromEntries(arms.map((one) => [one.key, one.levels.epochs!])) },
      { field: 'totalSteps', role: 'follows', from: 'epochs', values: Object.fromEntries(arms.map((one) => [one.key, Number(one.levels.epochs) * 352])) },
    ],
    pooledDeviation: { points: 0.28, degreesOfFreedom: 10 },
    testOpenings: [],
    ...changes,
  };
}

function arm(levels: { readonly augmentation: string; readonly epochs: number }, mean: number, epochs: number): ComparedArm {
  const key = `augmentation ${levels.augmentation}, epochs ${levels.epochs}`;
  const offsets = [-0.003, 0.001, 0.002];
  const train = mean + 0.06;
  const curve: CurvePoint[] = Array.from({ length: epochs }, (_, i) => {
    const at = (last: number) => last * (1 - 0.5 * Math.exp((-4 * (i + 1)) / epochs)) / (1 - 0.5 * Math.exp(-4));
    const band = (of: number) => ({ mean: at(of), low: at(of) - 0.003, high: at(of) + 0.002 });
    return { epoch: i + 1, n: 3, validation: band(mean), plainTrain: band(train), augmentedTrain: band(train - 0.1), elapsedMs: (i + 1) * 12_000 };
  });
  const figure = (of: number) => ({ mean: of, deviationPoints: 0.26, interval: spread(of, 0.0066), overImages: null });
  return {
    key, levels, n: 3, given: 0, validation: figure(mean), plainTrain: figure(train), augmentedTrain: figure(train - 0.1), gapPoints: 6, best: { accuracy: mean + 0.001, epochs: [epochs - 1, epochs, epochs] },
    runs: offsets.map((offset, i) => ({
      runId: `run-${levels.augmentation}-${epochs}-${i + 1}`, name: `${levels.augmentation}, ${epochs}, seed ${i + 1}`, seed: i + 1, status: 'completed', last: { epoch: epochs, accuracy: mean + offset }, best: { epoch: epochs - 1, accuracy: mean + offset + 0.001 },
      plainTrain: train + offset, augmentedTrain: train + offset - 0.1, trainMs: epochs * 12_000, leftOut: null, test: null,
    })),
    fit: { kind: 'balanced', gapPoints: 6, gapTrendPoints: 0.2, validationPeakEpoch: epochs - 1, epochs, lostSincePeakPoints: 0.1, stillGainingPoints: 0.3 },
    trainMs: epochs * 12_000, curve,
  };
}
