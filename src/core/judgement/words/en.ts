import type { Caveat, Comparison, Contrast, LeftOut, PairingProblem, SimpleContrast } from '../comparison';
import { decimal, percent, pValue, signed, whole } from '../../text/format';
import { armName, fieldName, levelName } from '../../text/names';
import type { ComparisonWords } from './contract';
import { armOf, bounds, contrastsOf, decisive, hull, isClearInteraction, isDecided, mostPlaces, plain, saidAgainst, simpleOf, size, sizes, unmeasured } from './shared';

const level = (field: string, value: Contrast['level']) => levelName(field, value, 'en');
const arm = (comparison: Pick<Comparison, 'arms'>, key: string) => armOf(comparison, key, 'en');
const names = (fields: readonly string[]) => list(fields.map((field) => fieldName(field, 'en')));
const list = (words: readonly string[]) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
/** " at 5 epochs", " with “crop + flip”": where a contrast holds. */
function at(contrast: Contrast): string {
  const where = armName(contrast.at, 'en');
  return where === '' ? '' : Object.keys(contrast.at).every((field) => field === 'epochs') ? ` at ${where}` : ` with “${where}”`;
}
const seeds = (n: number) => `${n} ${n === 1 ? 'seed' : 'seeds'}`;
const arms = (comparison: Comparison, keys: readonly string[]) => list(keys.map((key) => `“${arm(comparison, key)}”`));

/** "20 epochs add", "crop + flip adds" */
const plural = ({ factor, level: one }: Pick<Contrast, 'factor' | 'level'>) => factor === 'epochs' && one !== 1;

/** "adds 1.72 points (95 % interval 1.40 to 2.05)" */
function effect(contrast: Contrast, first: boolean, verb = true): string {
  const lost = (contrast.differencePoints ?? 0) < 0;
  const interval = decisive(contrast);
  const [low, high] = interval ? bounds(interval, lost) : [];
  return `${verb ? `${lost ? 'cost' : 'add'}${plural(contrast) ? '' : 's'} ` : ''}${size(contrast.differencePoints)}${first ? ' points' : ''}${interval ? ` (${first ? '95 % interval ' : ''}${low} to ${high})` : ''}`;
}

/** "adds 1.72 points (95 % interval 1.40 to 2.05) at 5 epochs and 2.10 (1.80 to 2.40) at 20 epochs"; of many places the range. */
function everywhere(comparison: Comparison, contrasts: readonly SimpleContrast[]): string {
  const [first] = contrasts as [SimpleContrast];
  if (contrasts.length <= mostPlaces) return list(contrasts.map((one, i) => `${effect(one, i === 0, i === 0)}${contrasts.length === 1 && saidAgainst(comparison, one) ? ` over ${level(one.factor, one.against)}` : ''}${at(one)}`));
  const lost = (first.differencePoints ?? 0) < 0;
  return `${lost ? 'cost' : 'add'}${plural(first) ? '' : 's'} ${sizes(contrasts).join(' to ')} points at each of ${contrasts.length} settings of the other factors (95 % intervals within ${bounds(hull(contrasts), lost).join(' to ')})`;
}

/** What was planned and has no value: what is said does not hold for it. */
function withoutValue(comparison: Comparison): string {
  const keys = unmeasured(comparison);
  if (keys.length === 0) return '';
  return keys.length > mostPlaces ? ` ${keys.length} arms have no value.` : ` ${capital(arms(comparison, keys))} ${keys.length === 1 ? 'has' : 'have'} no value.`;
}

const answers: { readonly [K in Comparison['answer']['kind']]: (comparison: Comparison, answer: Comparison['answer'] & { kind: K }) => string } = {
  running: (_, { done, planned }) => `Running, ${done} of ${planned} runs are there: what the figures say is provisional, and no verdict is given before the plan is done.`,
  confounded: (comparison, { arms: pair, fields, differencePoints }) =>
    `This comparison cannot say what helped: ${names(fields)} changed at once.${differencePoints === null ? '' : ` The ${signed(differencePoints)} points between ${arms(comparison, pair)} may come from ${fields.length > 2 ? 'any of them' : 'either'}, or from ${fields.length > 2 ? 'several' : 'both'} pulling in opposite directions.`}`,
  undetermined: (comparison, { reason, contrasts, n, seedsNeeded }) => {
    const [first] = contrastsOf(comparison, contrasts);
    switch (reason) {
      case 'one-arm': return 'Undetermined: there is one arm only, and nothing to hold it against.';
      case 'no-contrast': return 'Undetermined: no two arms can be compared yet.';
      case 'one-seed': return `Undetermined: with one run ${comparison.arms.every((one) => one.n < 2) ? 'an arm' : 'on one side'}, ${first && contrasts.length === 1 ? `${signed(first.differencePoints)} points` : 'a difference'} cannot be told from the luck of the seed (n = 1).`;
      case 'too-few-seeds': {
        const more = seedsNeeded === null ? null : seedsNeeded - n;
        const settled = more !== null && more > 0 ? ` ${capital(seeds(more))} more would find a difference of ${plain(comparison.marginPoints)} points about 8 times in 10.` : '';
        const figures = first && contrasts.length === 1 ? `, ${signed(first.differencePoints)} points${range(first)}` : '';
        return `Undetermined: too few seeds to tell (n = ${n}${figures}).${settled}`;
      }
    }
  },
  better: (comparison, answer) => `Yes: ${level(answer.factor, answer.level)} ${everywhere(comparison, simpleOf(comparison, answer.contrasts))}.`,
  worse: (comparison, answer) => `No: ${level(answer.factor, answer.level)} ${everywhere(comparison, simpleOf(comparison, answer.contrasts))}.`,
  same: (comparison, answer) => {
    const contrasts = simpleOf(comparison, answer.contrasts);
    const margin = plain(comparison.marginPoints);
    const [first] = contrasts as [SimpleContrast];
    const between = saidAgainst(comparison, first) ? ` between ${level(first.factor, first.level)} and ${level(first.factor, first.against)}` : '';
    if (contrasts.length === 1) return `No difference that matters${between}${at(first)}: ${signed(first.differencePoints)}${range(first)}, inside ±${margin}.`;
    const { low, high } = hull(contrasts);
    return `No difference that matters between the levels of ${fieldName(answer.factor, 'en')}: every interval (${signed(low)} to ${signed(high)}) lies inside ±${margin}.`;
  },
  depends: (comparison, answer) => {
    const [high, low] = simpleOf(comparison, answer.contrasts) as [SimpleContrast, SimpleContrast];
    const [first, second] = (low.differencePoints ?? 0) > (high.differencePoints ?? 0) ? [low, high] : [high, low];
    const gains = (first.differencePoints ?? 0) > 0;
    const where = (one: SimpleContrast) => level(answer.on, one.at[answer.on]!);
    const opening = gains && first.verdict === 'better' && (second.verdict === 'same' || second.verdict === 'worse') ? `Yes, but only at ${where(first)}: there ` : 'It depends: ';
    return `${opening}${level(answer.factor, answer.level)} ${effect(first, true)}${opening.startsWith('Yes') ? '' : ` at ${where(first)}`}${tail(first)}. At ${where(second)} ${plural(answer) ? 'they' : 'it'} ${effect(second, false)}${tail(second)}.`;
  },
  best: (comparison, { arm: best, notToldFrom }) => {
    const mean = comparison.arms.find(({ key }) => key === best)?.validation.mean ?? null;
    const opening = `Best is ${arms(comparison, [best])} with ${percent(mean)}`;
    return notToldFrom.length === 0 ? `${opening}: every other arm${unmeasured(comparison).length > 0 ? ' that has a value' : ''} is clearly below it.` : `${opening}. It cannot be told from ${arms(comparison, notToldFrom)}.`;
  },
};

const tail = ({ verdict }: Contrast) => (verdict === 'undetermined' ? ', too few seeds to tell' : verdict === 'same' ? ', no difference that matters' : '');

const range = (contrast: Contrast) => { const interval = decisive(contrast); return interval ? ` (${signed(interval.low)} to ${signed(interval.high)})` : ''; };

const leftOut: Readonly<Record<LeftOut, string>> = {
  'not-completed': 'not completed', 'no-value': 'no validation accuracy', given: 'a given result', 'same-seed': 'a second run of the same seed',
  'other-data-revision': 'other data revision', 'other-split': 'other split', 'other-epochs-recorded': 'other epochs recorded than planned',
};

const notPaired: Readonly<Record<PairingProblem, string>> = {
  'no-common-seeds': 'the arms share fewer than two seeds', 'other-data-revision': 'the arms were measured on different data revisions', 'other-split': 'the arms were measured on different splits',
};

function caveat(comparison: Comparison, one: Caveat): string {
  switch (one.kind) {
    case 'given-results': return `${arms(comparison, one.arms)}: given results, numbers without a run. Everything else about them is unknown (${names(one.unknownFields.slice(0, 4))} and ${one.unknownFields.length - 4} further fields); they are neither paired nor counted.`;
    case 'starting-weights-suspected': return `${percent(one.accuracy)} after ${one.epochs} epochs is out of reach from scratch (${decimal(one.fromScratch.low * 100, 0)} to ${decimal(one.fromScratch.high * 100, 0)} % here): the starting weights of “${arm(comparison, one.arm)}” were probably trained before.`;
    case 'train-measured-on-augmented': return `Training accuracy of ${arms(comparison, one.arms)} was measured on augmented images. It is not the same quantity as one on plain images, and makes no gap.`;
    case 'epochs-stretch-schedule': return 'More epochs also stretch the schedule: the learning rate falls later. Steps and schedule are not separated.';
    case 'not-paired': return `Not a paired comparison: ${notPaired[one.reason]}. Arms are compared as independent samples, which is less sure.`;
    case 'runs-left-out': return `${one.count} ${one.count === 1 ? 'run is' : 'runs are'} left out: ${list(one.reasons.map((reason) => leftOut[reason]))}.${one.failed.length === 0 ? '' : ` Runs of ${arms(comparison, one.failed)} failed: the ones that are left may look better than the arm is.`}`;
    case 'environment-differs': return `Runs were made in different surroundings: ${names(one.fields)}. ${comparison.contrasts.every(({ paired }) => paired) ? 'Arms are affected alike.' : 'Arms that are not paired by seed may be affected differently.'}`;
    case 'asked-and-done-differ': return `What was asked for and what was done differ: ${names(one.fields)}.`;
    case 'exclude-lists-differ': {
      const { low, high } = one.validationImages;
      return `${arms(comparison, one.arms)} ${one.arms.length === 1 ? 'leaves' : 'leave'} images out that other runs here do not: ${low === high ? `each was judged on ${whole(low)} validation images, and not for certain on the same ones` : `they were judged on ${whole(low)} to ${whole(high)} validation images, not on the same ones`}. A test figure is over all test images in every arm.`;
    }
    case 'learning-rate-not-tuned': return 'The learning rate is the same in every arm and was tuned for none of them; the best one may differ between them.';
    case 'search-chose': return `The best of ${one.trials} trials was chosen on these validation images: its accuracy is flattered by the choice.`;
  }
}

const contrastName = (contrast: Contrast) => {
  const versus = `${level(contrast.factor, contrast.level)} vs ${level(contrast.factor, contrast.against)}`;
  return contrast.kind === 'simple' ? `${versus}${at(contrast)}` : `(${versus}) × (${level(contrast.other, contrast.otherLevel)} vs ${level(contrast.other, contrast.otherAgainst)})${at(contrast)}`;
};

const verdict: ComparisonWords['verdict'] = ({ verdict: word, n, kind, provisional = false }) =>
  provisional ? 'provisional' : isClearInteraction({ kind, verdict: word }) ? 'clear of zero' : ({ better: 'better', worse: 'worse', same: 'no difference that matters', undetermined: n >= 2 ? 'too few seeds to tell' : `undetermined: n = ${n}` })[word];

function contrastSentence(contrast: Contrast): string {
  if (contrast.differencePoints === null) return `${capital(contrastName(contrast))}: not measured yet.`;
  const p = contrast.pAdjusted === null ? '' : `, p ${contrast.pAdjusted < 0.001 ? '' : '= '}${pValue(contrast.pAdjusted)} after Holm`;
  const figures = `${signed(contrast.differencePoints)} points${range(contrast)}${p}`;
  const unpaired = contrast.unpairedReason ? `; not paired, ${notPaired[contrast.unpairedReason]}` : '';
  if (contrast.kind === 'simple') return `${capital(contrastName(contrast))}: ${figures}; ${verdict(contrast)}${unpaired}.`;
  const more = contrast.differencePoints >= 0;
  const where = armName(contrast.at, 'en');
  return `At ${level(contrast.other, contrast.otherLevel)} ${level(contrast.factor, contrast.level)} ${plural(contrast) ? 'bring' : 'brings'} ${more ? 'more' : 'less'} over ${level(contrast.factor, contrast.against)} than at ${level(contrast.other, contrast.otherAgainst)}${where ? ` (${where})` : ''}: ${figures}; ${verdict(contrast)}${unpaired}.`;
}

const fitKind: ComparisonWords['fitKind'] = (kind) => ({ overfitting: 'overfitting', underfitting: 'underfitting', balanced: 'balanced', unknown: 'unknown' })[kind];

const fit: ComparisonWords['fit'] = ({ fit: reading, plainTrain, validation }) => {
  const { kind, gapPoints, gapTrendPoints, validationPeakEpoch, epochs, lostSincePeakPoints, stillGainingPoints } = reading;
  if (kind === 'unknown') return 'Over- or underfitting cannot be read: accuracy on plain training images was not measured.';
  const trend = gapTrendPoints === null || Math.abs(gapTrendPoints) < 0.05 ? '' : `, ${gapTrendPoints > 0 ? 'grown' : 'shrunk'} by ${decimal(Math.abs(gapTrendPoints), 1)} over the last third`;
  const peak = lostSincePeakPoints !== null && lostSincePeakPoints >= 0.05 ? ` Validation peaked in epoch ${validationPeakEpoch} of ${epochs} and lost ${decimal(lostSincePeakPoints, 1)} points since.`
    : stillGainingPoints !== null && Math.abs(stillGainingPoints) >= 0.05 ? ` Validation ${stillGainingPoints > 0 ? 'gained' : 'lost'} ${decimal(Math.abs(stillGainingPoints), 1)} points over the last third.` : '';
  return `${capital(fitKind(kind))}: ${percent(plainTrain?.mean, 1)} on plain training images, ${percent(validation.mean, 1)} on validation, a gap of ${decimal(gapPoints, 1)} points${trend}.${peak}`;
};

/** English sentences (design/README, "Words and numbers"). */
export const en: ComparisonWords = {
  answer: (comparison) => (answers[comparison.answer.kind] as (comparison: Comparison, answer: Comparison['answer']) => string)(comparison, comparison.answer) + (isDecided(comparison) ? withoutValue(comparison) : ''),
  contrast: contrastSentence, verdict, fit, fitKind, contrastName, arm, level, caveat,
  confound: (comparison, { arms: pair, causes, environment, follows }) =>
    `Between ${arms(comparison, pair)} ${names([...causes, ...environment])} differ${causes.length + environment.length === 1 ? 's' : ''}${follows.length > 0 ? ` (and with ${causes.length + environment.length === 1 ? 'it' : 'them'} ${names(follows)})` : ''}. Their difference cannot be laid to one of them.`,
  leftOut: (reason) => leftOut[reason], notPaired: (reason) => notPaired[reason],
};
