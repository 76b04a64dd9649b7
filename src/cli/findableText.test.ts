import { expect, it } from 'vitest';
import { parseExperiment } from '../core/config/experiment';
import { smallestDifference } from '../core/statistics/smallestDifference';
import { findable, findableText } from './findableText';

function made(rest: object) {
  const parsed = parseExperiment({ name: 'a', factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }], base: { data: { validationImages: 1250 } }, ...rest });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return [parsed.value.config, parsed.value.arms] as const;
}

it('of two arms is that of the paired t test, by the deviation of before', () => {
  const found = findable(...made({ seeds: [1, 2, 3] }), { points: 0.5, experiments: 2 })!;
  expect(found.points).toBeCloseTo(smallestDifference({ deviation: 0.5, seeds: 3, arms: 2, comparisons: 1, power: 0.8, alpha: 0.05 })!, 9);
  expect(found).toMatchObject({ assumed: false, deviationPoints: 0.5, marginPoints: 0.5 });
  expect(findableText(found, 3)).toMatch(/^What it can find: with 3 seeds an arm a difference of \d\.\d\d points, 8 times in 10, and 0\.5 matter: \d+ seeds an arm would find that \(differences of one seed scattered by 0\.50 points on these data before\)\.$/);
});

it('without an earlier experiment says what it assumes: more for fewer validation images', () => {
  const found = findable(...made({ seeds: [1, 2, 3], marginPoints: 50 }), null)!;
  expect(found.deviationPoints).toBeCloseTo(0.8, 9);
  expect(findableText(found, 3)).toMatch(/within the 50 that matter \(assuming that differences of one seed scatter by 0\.80 points; no earlier experiment/);
});

it('is nothing for one seed or a search', () => {
  expect(findable(...made({ seeds: [1] }), null)).toBeNull();
  expect(findable(...made({ seeds: [1, 2], factors: [], design: 'random', search: { space: [{ field: 'schedule.learningRate', kind: 'log-uniform', low: 0.01, high: 0.1 }], trials: 2 } }), null)).toBeNull();
});
