import type { Answer, ComparedFactor, Confound, Contrast, InteractionContrast, SimpleContrast, Verdict } from './comparison';
import { bestArm } from './best';
import type { CountedArm } from './counting';
import { distinctLevels, sameLevel, sameLevels, without } from './level';

export interface AnswerFacts {
  readonly factors: readonly ComparedFactor[];
  readonly arms: readonly CountedArm[];
  readonly contrasts: readonly Contrast[];
  readonly confounds: readonly Confound[];
  /** Null where nothing is awaited. */
  readonly progress: { readonly done: number; readonly planned: number } | null;
  /** Arms were drawn to find the best, not to answer what a factor does. */
  readonly searched: boolean;
}

/** What is said first. */
export function chooseAnswer({ factors, arms, contrasts, confounds, progress, searched }: AnswerFacts): Answer {
  if (progress) return { kind: 'running', ...progress };
  const present = arms.filter(({ counted, runs }) => counted.length > 0 || runs.some(({ run }) => run.given));
  if (present.length < 2) return { kind: 'undetermined', reason: present.length === 1 ? 'one-arm' : 'no-contrast', contrasts: [], n: present[0]?.counted.length ?? 0, seedsNeeded: null };
  const simple = contrasts.filter((one): one is SimpleContrast => one.kind === 'simple' && one.n > 0);
  if (searched) return bestOrNone(arms, contrasts);
  const lead = leadContrasts(factors, simple);
  const confound = confounds.find(({ arms: [a, b] }) => lead.length === 0 || lead.some(({ arm, reference }) => [arm, reference].includes(a) && [arm, reference].includes(b)));
  if (confound) return confoundedAnswer(confound, arms);
  if (lead.length === 0) return { kind: 'undetermined', reason: 'no-contrast', contrasts: [], n: 0, seedsNeeded: null };
  return dependence(lead[0]!.factor, contrasts) ?? sameEverywhere(lead) ?? toldApart(arms, contrasts) ?? undetermined(lead);
}

/** Contrasts of the first factor that has any: the one the question is about. */
function leadContrasts(factors: readonly ComparedFactor[], simple: readonly SimpleContrast[]): SimpleContrast[] {
  const factor = factors.find(({ field }) => simple.some((one) => one.factor === field));
  return simple.filter((one) => one.factor === factor?.field);
}

function confoundedAnswer({ arms: pair, causes, environment }: Confound, arms: readonly CountedArm[]): Answer {
  const value = (key: string) => {
    const { counted, runs } = arms.find((arm) => arm.key === key)!;
    const values = counted.length > 0 ? counted.map(({ last }) => last.validation) : runs.flatMap(({ run }) => (run.given ? [run.given.validationAccuracy] : []));
    return values.reduce((sum, one) => sum + one, 0) / values.length;
  };
  return { kind: 'confounded', arms: pair, fields: [...causes, ...environment], differencePoints: (value(pair[1]) - value(pair[0])) * 100 };
}

const clearOfZero = ({ adjustedIntervalPoints: interval }: Contrast) => interval !== null && (interval.low > 0 || interval.high < 0);

/** The largest interaction that is clear of zero and under which the two simple effects differ in sign or verdict; of the question's factor before others. */
function dependence(factor: string, contrasts: readonly Contrast[]): Answer | null {
  const simple = contrasts.filter((one): one is SimpleContrast => one.kind === 'simple');
  const found = contrasts.flatMap((one) => {
    if (one.kind !== 'interaction' || one.n < 2 || !clearOfZero(one)) return [];
    const [high, low] = [one.otherLevel, one.otherAgainst].map((level) => simple.find((other) =>
      other.factor === one.factor && sameLevel(other.level, one.level) && sameLevel(other.against, one.against)
      && sameLevel(other.at[one.other], level) && sameLevels(without(other.at, one.other), one.at)));
    if (!high || !low || (high.verdict === low.verdict && Math.sign(high.differencePoints ?? 0) === Math.sign(low.differencePoints ?? 0))) return [];
    return [{ one, simple: [high, low] as const }];
  }).sort((a, b) => Number(b.one.factor === factor) - Number(a.one.factor === factor) || size(b.one) - size(a.one))[0];
  if (!found) return null;
  const { one, simple: pair } = found;
  return { kind: 'depends', factor: one.factor, level: one.level, against: one.against, on: one.other, contrasts: [...pair.map(({ id }) => id), one.id] };
}

const size = ({ differencePoints }: InteractionContrast) => Math.abs(differencePoints ?? 0);

/** Two levels with one verdict wherever they are compared, or more levels of which none matters. A level that nobody has measured is none. */
function sameEverywhere(lead: readonly SimpleContrast[]): Answer | null {
  const [first] = lead as [SimpleContrast];
  const verdicts = new Set<Verdict>(lead.map(({ verdict }) => verdict));
  if (verdicts.size > 1 || first.verdict === 'undetermined') return null;
  if (first.verdict !== 'same' && distinctLevels(lead.flatMap(({ level, against }) => [level, against])).length > 2) return null;
  return { kind: first.verdict, factor: first.factor, level: first.level, against: first.against, contrasts: lead.map(({ id }) => id) };
}

/** The best of three arms or more, where at least one can be told from it. */
function toldApart(arms: readonly CountedArm[], contrasts: readonly Contrast[]): Answer | null {
  const counted = arms.filter((arm) => arm.counted.length > 0);
  const best = counted.length > 2 ? bestArm(arms, contrasts) : null;
  return best && best.notToldFrom.length < counted.length - 1 ? best : null;
}

function bestOrNone(arms: readonly CountedArm[], contrasts: readonly Contrast[]): Answer {
  const best = bestArm(arms, contrasts);
  const seeds = arms.map(({ counted }) => counted.length).filter((count) => count > 0);
  if (best && best.notToldFrom.length < seeds.length - 1) return best;
  return { kind: 'undetermined', reason: Math.max(0, ...seeds) < 2 ? 'one-seed' : 'too-few-seeds', contrasts: [], n: Math.min(...seeds), seedsNeeded: null };
}

function undetermined(lead: readonly SimpleContrast[]): Answer {
  const most = Math.max(...lead.map(({ n }) => n));
  const needed = lead.map(({ seedsNeeded }) => seedsNeeded.forMargin);
  return {
    kind: 'undetermined', reason: most < 2 ? 'one-seed' : 'too-few-seeds', contrasts: lead.map(({ id }) => id), n: Math.min(...lead.map(({ n }) => n)),
    seedsNeeded: needed.every((seeds) => seeds !== null) ? Math.max(...needed) : null,
  };
}
