import type { ExperimentPlan } from '../contracts/calls/experiments';
import type { Arm, ExperimentConfig } from '../core/config/experiment';
import type { Comparison } from '../core/judgement/comparison';
import { answerSentence, comparisonWords } from '../core/judgement/words';
import { armName } from '../core/text/names';
import { cellText, comparisonTable } from '../core/tables';
import type { Advance } from '../data/experiments/fill';
import { experimentFolder } from '../library/paths';
import { findable, findableText } from './findableText';
import { duration, table } from './output';

const megabytes = (bytes: number) => (bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`);
const runsText = (count: number) => `${count} ${count === 1 ? 'run' : 'runs'}`;

/** What starting an experiment would do, in words. */
export function planText(plan: ExperimentPlan, config: ExperimentConfig, arms: readonly Arm[]): string {
  const fresh = plan.runs - plan.reused.length;
  const found = findable(config, arms, plan.earlierDeviation);
  const reusedIn = (key: string) => plan.reused.filter(({ armKey }) => armKey === key).length;
  const rows = plan.arms.map(({ key, levels }) => {
    const time = plan.durationByArm[key];
    // A key that holds whole objects is for programs to find an arm by.
    const name = Object.values(levels).some((level) => typeof level === 'object' && level !== null) ? armName(levels, 'en') : key;
    return [name, String(config.seeds.length), String(reusedIn(key)), time === null || time === undefined ? 'not measured' : duration(time)];
  });
  return [
    config.question || config.name, '',
    table([['arm', 'runs', 'there already', 'time'], ...rows]), '',
    plan.rungs.length > 0 ? `Rungs: ${plan.rungs.map(({ epochs, arms }) => `${arms} ${arms === 1 ? 'arm' : 'arms'} for ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}`).join(', then the best ')}. Each is trained anew: a longer schedule is another training.` : null,
    fresh === 0 && plan.reused.length === 0 ? 'Nothing to train.' : `${runsText(plan.runs)}, ${fresh} to train${plan.reused.length > 0 ? `, ${plan.reused.length} counted from the library` : ''}${plan.leftOut > 0 ? `; the budget leaves ${plan.leftOut} out` : ''}.`,
    fresh === 0 ? null : plan.durationMs === null ? 'Time: not known, since no run of some arm has measured a rate here yet.' : `Time: about ${duration(plan.durationMs)}.`,
    fresh === 0 ? null : `Disk: about ${megabytes(plan.diskBytes)} of ${megabytes(plan.freeBytes)} free.${plan.diskBytes > plan.freeBytes ? ' That is not enough.' : ''}`,
    found ? findableText(found, config.seeds.length) : null,
    plan.ahead > 0 ? `${runsText(plan.ahead)} ${plan.ahead === 1 ? 'waits' : 'wait'} in the queue before.` : null,
    ...hints(config),
  ].filter((line) => line !== null).join('\n');
}

/** What a design cannot tell, known before it is run. */
function hints(config: ExperimentConfig): string[] {
  return [
    ...(config.seeds.length === 1 ? ['One seed tells no difference from chance: every answer will be "undetermined: n = 1".'] : []),
    ...(config.design === 'one-at-a-time' && config.factors.length > 1 ? ['One factor at a time cannot show whether factors depend on each other.'] : []),
    ...(config.design === 'random' || config.design === 'halving' ? ['A search picks the best of many: its winner\'s figure is too high. Every trial is kept and counted.'] : []),
    ...(config.given.length > 0 ? ['Given results are shown and never counted: their other settings are not known.'] : []),
  ];
}

export const planJson = (plan: ExperimentPlan, config: ExperimentConfig, arms: readonly Arm[]) => ({ schemaVersion: 1, name: config.name, question: config.question, seeds: config.seeds, ...plan, findable: findable(config, arms, plan.earlierDeviation), hints: hints(config) });

/** The answer first, then the arms, then what could mislead. */
export function experimentText(library: string, { experiment }: Advance, comparison: Comparison): string {
  const words = comparisonWords.en;
  const { columns, rows, notes } = comparisonTable('arms', comparison, 'en');
  const cells = rows.map((row) => columns.map((column, i) => cellText(row[i] ?? null, column, 'en')));
  return [
    '', answerSentence(comparison, 'en'), '',
    ...(rows.length > 0 ? [table([columns.map(({ label }) => label), ...cells])] : []),
    ...notes, '',
    ...comparison.confounds.map((confound) => words.confound(comparison, confound)),
    ...comparison.caveats.map((caveat) => words.caveat(comparison, caveat)),
    `Stored in ${experimentFolder(library, experiment.id)} and ${library}/runs`,
  ].join('\n');
}

/** Figures of each arm as they were printed before there was a judgement, and the whole comparison. */
export function experimentJson({ experiment, then, leftOut, reused }: Advance, comparison: Comparison) {
  return {
    experimentId: experiment.id, then, leftOut, reused,
    arms: comparison.arms.map(({ key, levels, runs, n, validation }) => ({
      key, levels, n, meanValidation: validation.mean,
      runs: runs.map(({ runId, seed, status, last }) => ({ id: runId, seed, status, lastValidation: last?.accuracy ?? null })),
    })),
    answer: answerSentence(comparison, 'en'), comparison,
  };
}
