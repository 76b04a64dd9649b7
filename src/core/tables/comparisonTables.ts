import type { ComparedRun, Comparison, Contrast, FieldDifference, Interval, Level } from '../judgement/comparison';
import { comparisonWords } from '../judgement/words';
import type { MeasuredTest } from '../run/testFigure';
import { decimal, type Locale } from '../text/format';
import { armName, fieldName, levelName, valueText } from '../text/names';
import { count, difference, interval, number, probability, text, type Cell, type Column, type Table, type TableId, type tableIds } from './table';
import { tableWords } from './words';

type ComparisonTableId = (typeof tableIds)[number];

/** Percent of a fraction, or null. */
const percent = (fraction: number | null | undefined) => (fraction === null || fraction === undefined ? null : fraction * 100);
const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);

/** An arm as every table calls it: its levels, or its key where it has none (runs picked by hand that do not differ). */
export function armLabel(comparison: Comparison, key: string, locale: Locale): string {
  const arm = comparison.arms.find((one) => one.key === key);
  return (arm && armName(arm.levels, locale)) || (arm?.runs.length === 1 ? arm.runs[0]!.name : key) || key;
}

/** "TrivialAugment vs none", and where: the levels of the other factors; for an interaction, "20 epochs minus 5". */
export function contrastLabel(contrast: Contrast, locale: Locale): { readonly what: string; readonly at: string } {
  const words = tableWords[locale];
  const versus = (field: string, level: Level, against: Level) => words.versus(levelName(field, level, locale), againstName(field, against, locale));
  const [what, at] = [versus(contrast.factor, contrast.level, contrast.against), armName(contrast.at, locale)];
  if (contrast.kind === 'simple') return { what, at };
  const change = words.minus(levelName(contrast.other, contrast.otherLevel, locale), againstName(contrast.other, contrast.otherAgainst, locale));
  return { what, at: at === '' ? change : `${change}${words.comma}${at}` };
}

const builders: Readonly<Record<ComparisonTableId, (comparison: Comparison, locale: Locale) => Omit<Table, 'id' | 'title'>>> = {
  arms({ arms, factors }, locale) {
    const words = tableWords[locale];
    const ofImages = arms.some(({ validation }) => validation.interval === null && validation.overImages !== null);
    const inPercent = (of: Interval | null) => of && { low: of.low * 100, high: of.high * 100 };
    const best = (epochs: readonly number[]) => (epochs.length === 0 ? '–' : [...new Set(epochs)].sort((a, b) => a - b).join(words.comma));
    return {
      columns: [
        ...(factors.length > 0 ? factors.map(({ field }) => text(field, capital(fieldName(field, locale)))) : [text('arm', words.arm)]),
        count('n', words.n), number('validation', words.validation), interval('interval', words.interval), ...(ofImages ? [interval('overImages', words.overImages)] : []), number('deviation', words.deviation),
        number('best', words.best), text('bestEpoch', words.bestEpoch), number('train', words.train), number('augmentedTrain', words.augmented), difference('gap', words.gap), text('fit', words.fit), number('trainSeconds', words.trainTime, 1),
      ],
      rows: arms.map((arm): Cell[] => [
          ...(factors.length > 0 ? factors.map(({ field }) => (Object.hasOwn(arm.levels, field) ? valueText(field, arm.levels[field]!, locale) : null)) : [armName(arm.levels, locale) || arm.runs[0]?.name || arm.key]),
          arm.n, percent(arm.validation.mean), inPercent(arm.validation.interval), ...(ofImages ? [inPercent(arm.validation.overImages)] : []), arm.validation.deviationPoints,
          percent(arm.best?.accuracy), arm.best ? best(arm.best.epochs) : null, percent(arm.plainTrain?.mean), percent(arm.augmentedTrain?.mean), arm.gapPoints, words.fits[arm.fit.kind], seconds(arm.trainMs),
        ]),
      notes: [words.notes.arms, ...(ofImages ? [words.notes.armsWilson] : [])],
    };
  },
  contrasts({ contrasts, marginPoints }, locale) {
    const words = tableWords[locale];
    return {
      columns: [
        text('contrast', words.contrast), text('at', words.at), count('n', words.n), text('paired', words.paired), difference('difference', words.difference), number('standardError', words.standardError), number('df', words.df, 0),
        interval('interval', words.interval, true), interval('adjusted', words.adjusted, true), probability('p', words.p), probability('pAdjusted', words.pHolm), text('verdict', words.verdict), count('seedsForObserved', words.seedsObserved), count('seedsForMargin', words.seedsMargin),
      ],
      rows: contrasts.map((one): Cell[] => {
        const { what, at } = contrastLabel(one, locale);
        return [what, at, one.n, one.paired ? words.yes : words.no, one.differencePoints, one.standardErrorPoints, one.degreesOfFreedom, one.intervalPoints, one.adjustedIntervalPoints, one.p, one.pAdjusted, comparisonWords[locale].verdict(one), one.seedsNeeded.forObserved, one.seedsNeeded.forMargin];
      }),
      notes: [words.notes.contrasts(decimal(marginPoints, 2))],
    };
  },
  effects({ factorial }, locale) {
    const words = tableWords[locale];
    return {
      columns: [text('factor', words.factor), text('effect', words.effect), difference('difference', words.difference), number('standardError', words.standardError), interval('interval', words.interval, true), probability('p', words.p)],
      rows: (factorial?.effects ?? []).map((one): Cell[] => [
        fieldName(one.factor, locale), words.versus(levelName(one.factor, one.level, locale), againstName(one.factor, one.against, locale)), one.differencePoints, one.standardErrorPoints, one.intervalPoints, one.p,
      ]),
      notes: [words.notes.effects],
    };
  },
  anova({ factorial }, locale) {
    const words = tableWords[locale];
    return {
      columns: [text('term', words.term), number('f', words.f), count('df', words.df), probability('p', words.p)],
      rows: (factorial?.anova ?? []).map(({ term, f, degreesOfFreedom, p }): Cell[] => [term.map((field) => fieldName(field, locale)).join(words.and), f, degreesOfFreedom, p]),
      notes: [words.notes.anova],
    };
  },
  differences(comparison, locale) {
    const words = tableWords[locale];
    const value = (one: FieldDifference, key: string) => {
      const at = one.values[key];
      return at === undefined ? null : at === 'unknown' ? words.unknown : valueText(one.field, at, locale);
    };
    return {
      columns: [text('field', words.field), text('role', words.role), text('from', words.from), ...comparison.arms.map(({ key }) => text(key, armLabel(comparison, key, locale)))],
      rows: comparison.differences.map((one): Cell[] => [fieldName(one.field, locale), words.roles[one.role], one.from === null ? '' : fieldName(one.from, locale), ...comparison.arms.map(({ key }) => value(one, key))]),
      notes: [words.notes.differences],
    };
  },
  runs(comparison, locale) {
    const words = tableWords[locale];
    return {
      columns: [
        text('run', words.run), text('arm', words.arm), count('seed', words.seed), text('state', words.state), text('counts', words.counts), number('validation', words.validation), count('epoch', words.lastEpoch),
        number('best', words.best), count('bestEpoch', words.bestEpoch), number('train', words.train), number('augmentedTrain', words.augmented), number('trainSeconds', words.trainTime, 1),
      ],
      rows: comparison.arms.flatMap((arm) => arm.runs.map((run): Cell[] => [
        run.runId ?? run.name, armLabel(comparison, arm.key, locale), run.seed, words.states[run.status], run.leftOut === null ? words.yes : words.leftOut[run.leftOut], percent(run.last?.accuracy), run.last?.epoch ?? null,
        percent(run.best?.accuracy), run.best?.epoch ?? null, percent(run.plainTrain), percent(run.augmentedTrain), seconds(run.trainMs),
      ])),
      notes: [words.notes.runs],
    };
  },
  imagewise(comparison, locale) {
    const words = tableWords[locale];
    return {
      columns: [
        text('contrast', words.contrast), text('at', words.at), count('seed', words.seed), count('images', words.images), count('armOnly', words.armOnly), count('referenceOnly', words.referenceOnly), difference('difference', words.difference), interval('bootstrap', words.bootstrap, true), probability('p', words.mcnemar),
      ],
      rows: comparison.imagewise.map((one): Cell[] => {
        const contrast = comparison.contrasts.find(({ id }) => id === one.contrastId);
        const { what, at } = contrast ? contrastLabel(contrast, locale) : { what: one.contrastId, at: '' };
        return [what, at, one.seed, one.images, one.armOnly, one.referenceOnly, one.differencePoints, one.bootstrapIntervalPoints, one.mcnemarP];
      }),
      notes: [words.notes.imagewise],
    };
  },
  time(comparison, locale) {
    const words = tableWords[locale];
    return {
      columns: [number('seconds', words.seconds, 1), ...comparison.arms.map(({ key }) => number(key, `${armLabel(comparison, key, locale)} %`))],
      rows: comparison.time.rows.map((row): Cell[] => [row.seconds, ...comparison.arms.map(({ key }) => percent(row.accuracy[key]))]),
      notes: [words.notes.time],
    };
  },
  curves(comparison, locale) {
    const words = tableWords[locale];
    const of = (key: string, label: string): Column[] => [number(key, label), number(`${key}Low`, `${label}, ${words.low}`), number(`${key}High`, `${label}, ${words.high}`)];
    return {
      columns: [text('arm', words.arm), count('epoch', words.epoch), count('n', words.n), ...of('validation', words.validation), ...of('train', words.train), ...of('augmentedTrain', words.augmented), number('seconds', words.seconds, 1)],
      rows: comparison.arms.flatMap((arm) => arm.curve.map((at): Cell[] => [
        armLabel(comparison, arm.key, locale), at.epoch, at.n, ...[at.validation, at.plainTrain, at.augmentedTrain].flatMap((one) => [percent(one?.mean), percent(one?.low), percent(one?.high)]), at.elapsedMs / 1000,
      ])),
      notes: [words.notes.curves],
    };
  },
  openings({ testOpenings }, locale) {
    const words = tableWords[locale];
    return {
      columns: [text('when', words.when), text('run', words.run), text('purpose', words.purpose)],
      rows: testOpenings.map(({ at, runId, purpose }): Cell[] => [at, runId, purpose]),
      notes: [],
    };
  },
  test(comparison, locale) {
    const words = tableWords[locale];
    const row = (label: string, run: ComparedRun, over: string, { images, accuracy, overImages: { low, high } }: MeasuredTest): Cell[] =>
      [run.runId ?? run.name, label, run.seed, over, images, percent(accuracy), { low: low * 100, high: high * 100 }];
    return {
      columns: [text('run', words.run), text('arm', words.arm), count('seed', words.seed), text('over', words.measuredOn), count('images', words.images), number('accuracy', words.accuracy), interval('overImages', words.overImages)],
      rows: comparison.arms.flatMap((arm) => arm.runs.flatMap((run): Cell[][] => {
        if (run.test === null) return [];
        const label = armLabel(comparison, arm.key, locale);
        return [row(label, run, words.allTest, run.test), ...run.test.without.map((one) => row(label, run, words.without(one.list, one.sha256.slice(0, 12), one.leftOut), one))];
      })),
      notes: [words.notes.test],
    };
  },
};

/** The other side of a comparison: "20 epochs vs 5". */
const againstName = (field: string, level: Level, locale: Locale) => (typeof level === 'number' ? valueText(field, level, locale) : levelName(field, level, locale));

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** One of a comparison's tables; one without rows where the comparison has nothing of the kind. */
export const comparisonTable = (id: ComparisonTableId, comparison: Comparison, locale: Locale): Table & { readonly id: TableId } =>
  ({ id, title: tableWords[locale].titles[id], ...builders[id](comparison, locale) });
