import type { Comparison, SimpleContrast } from './comparison';
import type { ComparisonInput } from './comparisonInput';
import { chooseAnswer } from './answer';
import { fieldDifferences } from './armFields';
import { describeArm } from './arms';
import { collectCaveats } from './caveats';
import { findConfounds } from './confounds';
import { judgeContrasts } from './contrasts';
import { countRuns } from './counting';
import { readFactorial } from './factorialReading';
import { groupRuns } from './grouping';
import { compareImages } from './imagewise';
import { readTime } from './time';

/**
 * Everything that can be said of a set of runs. Pure and deterministic: the same input gives the same document.
 * While runs of the design still wait or train the figures stand, but no word is said.
 */
export function compareRuns(input: ComparisonInput): Comparison {
  const { subject, marginPoints, design, runs, testOpenings } = input;
  const { factors, arms: planned } = groupRuns(input);
  const arms = countRuns(planned);
  const awaited = runs.filter(({ status }) => status === 'queued' || status === 'running').length;
  const progress = awaited > 0 ? { done: runs.filter(({ status }) => status === 'completed').length, planned: design?.plannedRuns ?? runs.length } : null;
  const { contrasts, pooledDeviation } = judgeContrasts(factors, arms, marginPoints, progress === null);
  const simple = contrasts.filter((one): one is SimpleContrast => one.kind === 'simple');
  const trials = design?.trials ?? null;
  // Draws of a search differ in everything by plan: its answer is the best one, and never a cause.
  const confounds = trials === null ? findConfounds(factors, arms, simple, design?.seeds ?? []) : [];
  const described = arms.map(describeArm);
  return {
    schemaVersion: 1, subject, marginPoints, confidence: 0.95,
    validationImages: arms.flatMap(({ counted }) => counted)[0]?.last.validationImages ?? null,
    factors, arms: described, contrasts,
    factorial: readFactorial(factors, arms),
    answer: chooseAnswer({ factors, arms, contrasts, confounds, progress, searched: trials !== null }),
    confounds, caveats: [...collectCaveats(factors, arms, contrasts, confounds), ...(trials === null ? [] : [{ kind: 'search-chose' as const, trials }])],
    imagewise: compareImages(simple, new Map(arms.map((arm) => [arm.key, arm]))),
    time: readTime(described),
    differences: fieldDifferences(arms, factors),
    pooledDeviation, testOpenings,
  };
}
