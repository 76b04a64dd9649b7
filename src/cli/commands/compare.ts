import { answerSentence, comparisonWords } from '../../core/judgement/words';
import type { Comparison, Contrast } from '../../core/judgement/comparison';
import { cellText, comparisonTable } from '../../core/tables';
import { decimal, percentNumber, pValue, signed } from '../../core/text/format';
import { fieldName, valueText } from '../../core/text/names';
import { storedPredictions } from '../../report/storedPredictions';
import { cultivarVersion } from '../../system/version';
import type { CommandContext } from '../command';
import { comparisonOf } from '../comparisonOf';
import { printTable, tables } from './figure';
import { answer, answerJson, duration, exits, table, usage } from '../output';

export const compareUsage = 'compare RUN|EXPERIMENT… [--margin POINTS] [--table NAME [--format csv|latex|markdown|html] [--out FILE] [--language en|ja]]';
const words = comparisonWords.en;

/** compare RUN|EXPERIMENT…: what one experiment says, or what runs picked by hand do. */
export async function compare(context: CommandContext): Promise<number> {
  const { library, json, positionals, options } = context;
  if (positionals.length === 0) throw usage(`usage: cultivar ${compareUsage}`);
  const marginPoints = marginOf(options.margin);
  const ofTables = (['format', 'out', 'language', 'force'] as const).find((option) => options[option] !== undefined);
  if (ofTables && options.table === undefined) throw usage(`--${ofTables} belongs to --table: name a table, one of ${tables.join(', ')}`);
  const comparison = await comparisonOf(library, positionals, { marginPoints });
  if (context.options.table !== undefined) return printTable(context, comparison);
  // Loaded now: it opens the data set and the predictions, which no other form needs.
  if (json) answerJson({ ...comparison, evidence: await (await import('../../report/evidence')).gatherEvidence({ library, comparison, cultivarVersion: cultivarVersion(), predictions: (runId) => storedPredictions(library, runId) }) });
  else answer(textOf(comparison));
  return exits.done;
}

function marginOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const margin = Number(text);
  if (text.trim() === '' || !(margin >= 0 && margin <= 100)) throw usage(`--margin must be a number of points from 0 to 100, not ${text}`);
  return margin;
}

function textOf(comparison: Comparison): string {
  const { subject } = comparison;
  return [
    subject.kind === 'experiment' && subject.question !== '' ? subject.question : null,
    answerSentence(comparison, 'en'),
    section('Arms: validation accuracy of the last epoch in %, 95 % interval over seeds', armRows(comparison)),
    section(contrastTitle(comparison), contrastRows(comparison)),
    lines('What cannot be told apart', comparison.confounds.flatMap((one) => [words.confound(comparison, one), ...offers(one.offered)])),
    section('What differs', differenceRows(comparison)),
    section('On the test set, beside the validation figures that are judged', testRows(comparison)),
    lines('Over- and underfitting', comparison.arms.filter(({ n }) => n > 0).map((arm) => `${words.arm(comparison, arm.key)}: ${words.fit(arm)}`)),
    lines('Also to know', comparison.caveats.map((one) => words.caveat(comparison, one))),
    openings(comparison),
  ].filter((part) => part !== null).join('\n\n');
}

const section = (title: string, rows: readonly (readonly string[])[]) => (rows.length > 1 ? `${title}\n${table(rows)}` : null);
const lines = (title: string, all: readonly string[]) => (all.length > 0 ? `${title}\n${all.map((line) => `  ${line}`).join('\n')}` : null);

const offers = (offered: Comparison['confounds'][number]['offered']) => offered.map(({ levels, exists, missingSeeds }) =>
  `  ${exists ? 'more of' : 'to add'}: ${Object.entries(levels).map(([field, level]) => `${fieldName(field, 'en')} ${valueText(field, level, 'en')}`).join(', ')}, seeds ${missingSeeds.join(', ')}`);

function armRows(comparison: Comparison): string[][] {
  const range = (low: number, high: number) => `${percentNumber(low)} to ${percentNumber(high)}`;
  return [['arm', 'n', 'validation', 'interval', 'deviation', 'best (epoch)', 'plain train', 'gap', 'time', 'each seed'], ...comparison.arms.map((arm) => {
    const { validation, best, runs } = arm;
    const seeds = runs.filter(({ leftOut, last }) => last && (leftOut === null || leftOut === 'given')).map(({ last }) => percentNumber(last!.accuracy));
    return [
      words.arm(comparison, arm.key), arm.given > 0 && arm.n === 0 ? `${arm.given} given` : String(arm.n), percentNumber(validation.mean),
      validation.interval ? range(validation.interval.low, validation.interval.high) : validation.overImages ? `${range(validation.overImages.low, validation.overImages.high)} (images)` : '–',
      decimal(validation.deviationPoints, 2), best ? `${percentNumber(best.accuracy)} (${[...new Set(best.epochs)].join(', ')})` : '–', percentNumber(arm.plainTrain?.mean),
      signed(arm.gapPoints, 1), arm.trainMs === null ? '–' : duration(arm.trainMs), seeds.join('  ') || '–',
    ];
  })];
}

function contrastTitle({ contrasts, marginPoints }: Comparison): string {
  const judged = contrasts.filter(({ p }) => p !== null).length;
  return `Differences in points${judged > 1 ? `; 95 % intervals adjusted for ${judged} contrasts, p by Holm` : ''}; ±${decimal(marginPoints, 2)} does not matter`;
}

function contrastRows({ contrasts }: Comparison): string[][] {
  const range = ({ adjustedIntervalPoints: interval }: Contrast) => (interval ? `${signed(interval.low)} to ${signed(interval.high)}` : '–');
  return [['contrast', 'n', 'difference', 'interval', 'p', 'verdict'], ...contrasts.filter(({ differencePoints }) => differencePoints !== null).map((one) => [
    words.contrastName(one), `${one.n}${one.paired ? '' : ', not paired'}`, signed(one.differencePoints), range(one), pValue(one.pAdjusted),
    words.verdict(one),
  ])];
}

function differenceRows(comparison: Comparison): string[][] {
  const { differences, arms } = comparison;
  const shown = differences.filter(({ role }) => role !== 'ignored');
  const named = arms.filter(({ runs }) => runs.length > 0);
  if (named.length > 8) return [['field', 'because'], ...shown.map((one) => [fieldName(one.field, 'en'), because(one)])];
  return [['field', 'because', ...named.map(({ key }) => words.arm(comparison, key))], ...shown.map((one) => [fieldName(one.field, 'en'), because(one), ...named.map(({ key }) => {
    const value = one.values[key];
    return value === undefined ? '–' : value === 'unknown' ? 'unknown' : valueText(one.field, value, 'en');
  })])];
}

const because = ({ role, from }: Comparison['differences'][number]) => (role === 'follows' ? (from ? `follows from ${fieldName(from, 'en')}` : 'follows') : role === 'cause' ? 'changed' : role);

/** Empty where no test figure is there, so that the section is left out. */
const testRows = (comparison: Comparison): string[][] => {
  const { columns, rows } = comparisonTable('test', comparison, 'en');
  return [columns.map(({ label }) => label), ...rows.map((row) => columns.map((column, c) => cellText(row[c] ?? null, column, 'en')))];
};

function openings({ testOpenings }: Comparison): string {
  if (testOpenings.length === 0) return 'The test set was not opened.';
  return `The test set was opened ${testOpenings.length} ${testOpenings.length === 1 ? 'time' : 'times'}, last at ${testOpenings.at(-1)!.at}.`;
}
