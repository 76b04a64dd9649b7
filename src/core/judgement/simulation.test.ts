import { describe, expect, it } from 'vitest';
import type { Levels, Verdict } from './comparison';
import type { JudgedRun } from './comparisonInput';
import { planContrasts } from './contrastPlan';
import { judgePlan } from './contrasts';
import type { CountedArm } from './counting';
import { pooledModel } from './estimates';
import { armKey } from './grouping';
import { verdictOf } from './verdict';
import { CounterRandom } from '../random/philox';

const images = { revision: 'a', split: '5000 0' };

interface Truth {
  readonly factors: Readonly<Record<string, readonly number[]>>;
  readonly seeds: number;
  /** Of one run around its arm and seed, in points. */
  readonly deviation: number;
  readonly effect: (levels: Levels) => number;
}

/**
 * Experiments judged by the very functions that judge real ones, without the tables around them. Every run's value: its arm's, its seed's,
 * which all arms share, and chance of its own, rounded to whole images. Gives the share of experiments in which a word was said of any contrast.
 */
function simulate(experiments: number, stream: string, { factors, seeds, deviation, effect }: Truth) {
  const list = Object.entries(factors).map(([field, levels]) => ({ field, levels }));
  const arms = list.reduce<Levels[]>((done, { field, levels }) => done.flatMap((arm) => levels.map((level) => ({ ...arm, [field]: level }))), [{}]).map((levels) => ({ key: armKey(levels), levels }));
  const plan = planContrasts(list, arms);
  const random = new CounterRandom(1, stream);
  const counts = { called: 0, calledWithoutMargin: 0, same: 0, firstBetter: 0 };
  for (let i = 0; i < experiments; i++) {
    random.reset(i);
    const blocks = Array.from({ length: seeds }, () => random.normal() * 0.3);
    const counted = arms.map(({ key, levels }): CountedArm => ({
      key, levels, images, runs: [],
      counted: blocks.map((block, seed) => {
        const percent = 80 + effect(levels) + block + deviation * random.normal();
        return { run: {} as JudgedRun, seed, last: { epoch: 1, validation: Math.round(percent * 50) / 5000, validationImages: 5000, plainTrain: null, augmentedTrain: null, elapsedMs: 0 } };
      }),
    }));
    const judged = judgePlan(plan, new Map(counted.map((arm) => [arm.key, arm])), pooledModel(counted), 0.5);
    const says = (...words: Verdict[]) => judged.some(({ verdict }) => words.includes(verdict));
    if (says('better', 'worse')) counts.called++;
    if (says('same')) counts.same++;
    if (judged[0]!.verdict === 'better') counts.firstBetter++;
    // Without a margin nothing is ever "same": the strictest case.
    if (judged.some(({ figures, estimate }) => ['better', 'worse'].includes(verdictOf(figures!.adjustedInterval, 0, estimate.n)))) counts.calledWithoutMargin++;
  }
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / experiments])) as Record<keyof typeof counts, number>;
}

const none = () => 0;
const two = { a: [0, 1] };
const six = { a: [0, 1, 2], b: [0, 1] };

describe('judgement in simulation', () => {
  it.each([2, 3, 5])('two equal arms, %i seeds: a difference is called in at most 6 % of 10,000 experiments', (seeds) => {
    const { called, calledWithoutMargin } = simulate(10_000, `two arms ${seeds}`, { factors: two, seeds, deviation: 0.3, effect: none });
    expect(called).toBeLessThanOrEqual(0.06);
    expect(calledWithoutMargin).toBeLessThanOrEqual(0.06);
    // A judge that never says anything would pass the above.
    expect(calledWithoutMargin).toBeGreaterThan(0.04);
  }, 60_000);

  it.each([2, 3, 5])('six equal arms, 3 × 2, %i seeds: any difference is called in at most 6 % of 10,000 experiments', (seeds) => {
    const { called, calledWithoutMargin } = simulate(10_000, `six arms ${seeds}`, { factors: six, seeds, deviation: 0.3, effect: none });
    expect(called).toBeLessThanOrEqual(0.06);
    expect(calledWithoutMargin).toBeLessThanOrEqual(0.06);
  }, 60_000);

  it('1,000 experiments without any effect: at most 6 %', () => {
    expect(simulate(1000, 'thousand', { factors: two, seeds: 5, deviation: 0.2, effect: none }).calledWithoutMargin).toBeLessThanOrEqual(0.06);
    expect(simulate(1000, 'thousand six', { factors: six, seeds: 3, deviation: 0.2, effect: none }).calledWithoutMargin).toBeLessThanOrEqual(0.06);
  });

  it('finds 1 point with a deviation of 0.2 and 5 seeds in at least 95 %', () => {
    expect(simulate(2000, 'power', { factors: two, seeds: 5, deviation: 0.2, effect: ({ a }) => Number(a) }).firstBetter).toBeGreaterThanOrEqual(0.95);
  });

  it('calls a difference of at least the margin one that does not matter in at most 5 %, however many others are clear', () => {
    const { same, called } = simulate(4000, 'margin', { factors: { a: [0, 1, 2, 3] }, seeds: 5, deviation: 0.2, effect: ({ a }) => 0.5 * Number(a) });
    expect(called).toBeGreaterThan(0.99);
    expect(same).toBeLessThanOrEqual(0.05);
  });
});
