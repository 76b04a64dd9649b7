import type { ArmFigure, ComparedArm, ComparedRun, CurvePoint, LeftOut } from './comparison';
import type { JudgedRun, RecordedEpoch } from './comparisonInput';
import type { CountedArm } from './counting';
import { roundingDeviation } from './estimates';
import { readFit } from './fit';
import { tCriticalValue } from '../statistics/distributions';
import { mean, variance } from '../statistics/moments';
import { wilsonInterval } from '../statistics/proportions';

const level = 0.95;

/** An arm with its figures over the runs that count, and its runs one by one. */
export function describeArm(arm: CountedArm): ComparedArm {
  const counted = arm.counted.map(({ last }) => last);
  const given = arm.runs.flatMap(({ run }) => (run.given ? [run.given] : []));
  const onlyGiven = counted.length === 0 && given.length > 0;
  const plain = onlyGiven ? given.filter((one) => one.trainMeasuredOn === 'plain').map((one) => one.trainAccuracy) : counted.map(({ plainTrain }) => plainTrain);
  const augmented = onlyGiven ? given.filter((one) => one.trainMeasuredOn !== 'plain').map((one) => one.trainAccuracy) : counted.map(({ augmentedTrain }) => augmentedTrain);
  const validation = figure(onlyGiven ? given.map((one) => one.validationAccuracy) : counted.map((last) => last.validation), counted.length > 0 ? Math.max(...counted.map(({ validationImages }) => validationImages)) : null);
  const plainTrain = measured(plain);
  const bests = arm.counted.map(({ run }) => bestOf(run.epochs)!);
  const curve = curveOf(arm.counted.map(({ run }) => run.epochs));
  return {
    key: arm.key, levels: arm.levels, runs: arm.runs.map(({ run, leftOut }) => describeRun(run, leftOut)), n: counted.length, given: given.length,
    validation, plainTrain, augmentedTrain: measured(augmented),
    gapPoints: plainTrain !== null && plainTrain.mean !== null && validation.mean !== null ? (plainTrain.mean - validation.mean) * 100 : null,
    best: bests.length > 0 ? { accuracy: mean(bests.map(({ accuracy }) => accuracy)), epochs: bests.map(({ epoch }) => epoch) } : null,
    fit: readFit(curve), trainMs: counted.length > 0 ? mean(counted.map(({ elapsedMs }) => elapsedMs)) : null, curve,
  };
}

function measured(values: readonly (number | null)[]): ArmFigure | null {
  const known = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  return known.length > 0 ? figure(known, null) : null;
}

/**
 * Mean, deviation and interval of an arm's values. An interval over seeds is never narrower than rounding to whole images makes it.
 * @param images that each value was measured on; null where it is not known
 */
export function figure(values: readonly number[], images: number | null): ArmFigure {
  if (values.length === 0) return { mean: null, deviationPoints: null, interval: null, overImages: null };
  const centre = mean(values);
  if (values.length === 1) {
    const over = images ? wilsonInterval(Math.round(centre * images), images, level) : null;
    return { mean: centre, deviationPoints: null, interval: null, overImages: over && { low: over[0], high: over[1] } };
  }
  const deviation = Math.sqrt(variance(values));
  const believed = images ? Math.max(deviation, roundingDeviation(images)) : deviation;
  const half = (tCriticalValue(level, values.length - 1) * believed) / Math.sqrt(values.length);
  return { mean: centre, deviationPoints: deviation * 100, interval: { low: centre - half, high: centre + half }, overImages: null };
}

function describeRun(run: JudgedRun, leftOut: LeftOut | null): ComparedRun {
  const { runId, name, seed, status, given } = run;
  if (given) {
    const { epochs } = given.levels;
    return {
      runId, name, seed, status, leftOut, test: null, last: { epoch: typeof epochs === 'number' ? epochs : 0, accuracy: given.validationAccuracy }, best: null, trainMs: null,
      plainTrain: given.trainMeasuredOn === 'plain' ? given.trainAccuracy : null, augmentedTrain: given.trainMeasuredOn !== 'plain' ? given.trainAccuracy : null,
    };
  }
  const last = run.epochs.at(-1);
  return {
    runId, name, seed, status, leftOut, test: run.test ?? null, last: last ? { epoch: last.epoch, accuracy: last.validation } : null, best: bestOf(run.epochs),
    plainTrain: last?.plainTrain ?? null, augmentedTrain: last?.augmentedTrain ?? null, trainMs: last?.elapsedMs ?? null,
  };
}

/** The first of the best epochs. */
const bestOf = (epochs: readonly RecordedEpoch[]) => epochs.reduce<{ epoch: number; accuracy: number } | null>(
  (best, { epoch, validation }) => (best && !(validation > best.accuracy) ? best : { epoch, accuracy: validation }), null);

/** Mean and range over the runs that count, an epoch a row; epochs that only some of them recorded have a smaller n. */
function curveOf(runs: readonly (readonly RecordedEpoch[])[]): CurvePoint[] {
  const rows = new Map<number, RecordedEpoch[]>();
  for (const one of runs.flat()) rows.set(one.epoch, [...(rows.get(one.epoch) ?? []), one]);
  return [...rows].sort(([a], [b]) => a - b).map(([epoch, row]) => ({
    epoch, n: row.length, validation: band(row.map(({ validation }) => validation))!, plainTrain: band(row.map(({ plainTrain }) => plainTrain)),
    augmentedTrain: band(row.map(({ augmentedTrain }) => augmentedTrain)), elapsedMs: mean(row.map(({ elapsedMs }) => elapsedMs)),
  }));
}

function band(values: readonly (number | null)[]) {
  const known = values.filter((value) => value !== null) as number[];
  return known.length > 0 ? { mean: mean(known), low: Math.min(...known), high: Math.max(...known) } : null;
}
