import type { Answer, Contrast, SimpleContrast } from './comparison';
import type { CountedArm } from './counting';
import { pooledModel } from './estimates';
import { mean } from '../statistics/moments';

/**
 * The arm with the highest mean (seeds adjusted), and those it cannot be told from: arms with a primary contrast to it by that contrast's
 * word; others by the pooled t test, Bonferroni over all pairs of arms, so that it holds whichever arm came out best. Null below two arms.
 */
export function bestArm(arms: readonly CountedArm[], contrasts: readonly Contrast[]): Extract<Answer, { kind: 'best' }> | null {
  const counted = arms.filter((arm) => arm.counted.length > 0);
  if (counted.length < 2) return null;
  const pooled = pooledModel(arms);
  const valueOf = (arm: CountedArm) => pooled?.model.armMeans.get(arm.key) ?? mean(arm.counted.map(({ last }) => last.validation));
  const best = counted.reduce((top, arm) => (valueOf(arm) > valueOf(top) ? arm : top));
  const simple = contrasts.filter((one): one is SimpleContrast => one.kind === 'simple' && (one.arm === best.key || one.reference === best.key));
  const pairs = (counted.length * (counted.length - 1)) / 2;
  const told = (arm: CountedArm): boolean => {
    const contrast = simple.find((one) => one.arm === arm.key || one.reference === arm.key);
    if (contrast) return contrast.verdict === (contrast.arm === best.key ? 'better' : 'worse');
    if (!pooled || pooled.model.residualDf === 0 || ![best, arm].every(({ key, counted: runs }) => pooled.arms.has(key) && runs.length > 1)) return false;
    const { difference, p } = pooled.model.estimate(new Map([[best.key, 1], [arm.key, -1]]), 0.95);
    return difference > 0 && p * pairs <= 0.05;
  };
  return { kind: 'best', arm: best.key, notToldFrom: counted.filter((arm) => arm !== best && !told(arm)).map(({ key }) => key), contrasts: simple.map(({ id }) => id) };
}
