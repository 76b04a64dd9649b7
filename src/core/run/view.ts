import type { CultivarErrorFacts } from './errorFacts';
import type { CheckpointEvent, EndedEvent, EpochEvent, PlannedEvent, RateEvent, RunOutcome, StartedEvent, StoredEvent, TrainerEvent } from './events';
import { Series } from './series';

type StepColumn = 'step' | 'loss' | 'accuracy' | 'learningRate' | 'elapsedMs';
type RateColumn = 'step' | 'imagesPerSecond' | 'inputWaitFraction' | 'residentBytes';

/** What a run looks like after its events so far. The live view equals the view replayed from disk. */
export interface RunView {
  readonly phase: 'waiting' | 'running' | 'paused' | RunOutcome;
  readonly plan: StartedEvent | null;
  /** Steps done. */
  readonly step: number;
  readonly steps: Series<StepColumn>;
  readonly rates: Series<RateColumn>;
  readonly epochs: readonly EpochEvent[];
  /** Of the whole run; null before the first rate and once it has ended. */
  readonly remainingMs: number | null;
  readonly firstBatch: boolean;
  readonly lastCheckpoint: CheckpointEvent | null;
  /** Everything but steps, rates and epochs' curves: what the log shows, oldest first. */
  readonly log: readonly LogEntry[];
  readonly error: CultivarErrorFacts | null;
  readonly exit: EndedEvent['exit'] | null;
  /** Why the run has fewer epochs than its config asks for; null where it does not. */
  readonly shortened: PlannedEvent['reason'] | null;
}

export type LogEntry = Exclude<TrainerEvent, { type: 'steps' | 'rate' }>;

export const emptyView: RunView = {
  phase: 'waiting',
  plan: null,
  step: 0,
  steps: Series.empty(['step', 'loss', 'accuracy', 'learningRate', 'elapsedMs']),
  rates: Series.empty(['step', 'imagesPerSecond', 'inputWaitFraction', 'residentBytes']),
  epochs: [],
  remainingMs: null,
  firstBatch: false,
  lastCheckpoint: null,
  log: [],
  error: null,
  exit: null,
  shortened: null,
};

export function applyEvent(view: RunView, event: StoredEvent): RunView {
  switch (event.type) {
    case 'started':
      return logged({ ...view, phase: 'running', plan: event, error: null, exit: null }, event);
    case 'resumed':
      return logged(droppedAfter(view, event.step), event);
    case 'firstBatch':
      return logged({ ...view, firstBatch: true }, event);
    case 'steps':
      return { ...view, step: event.step.at(-1) ?? view.step, steps: view.steps.append(event) };
    case 'rate':
      return withRates(view, [event]);
    case 'rates':
      return { ...view, rates: view.rates.append(event.columns), remainingMs: event.columns.remainingMs.at(-1)! };
    case 'epoch':
      return withEpoch(view, event);
    case 'planned':
      // A time budget that all epochs fit shortens nothing.
      return logged({ ...view, shortened: event.epochs < event.asked ? event.reason : null, plan: view.plan && { ...view.plan, epochs: event.epochs, totalSteps: event.totalSteps } }, event);
    case 'checkpoint':
      return logged({ ...view, lastCheckpoint: event }, event);
    case 'paused':
      return logged({ ...view, phase: 'paused' }, event);
    case 'continued':
      return logged({ ...view, phase: 'running' }, event);
    case 'warned':
    case 'noted':
      return logged(view, event);
    case 'ended':
      return logged({ ...view, phase: event.outcome, error: event.error, exit: event.exit, remainingMs: null }, event);
  }
}

/** Every event in turn. Rates that follow each other are appended together: a run may have as many as steps. */
export const replay = (events: Iterable<StoredEvent>): RunView => {
  let view = emptyView;
  let rates: RateEvent[] = [];
  for (const event of events) {
    if (event.type === 'rate') {
      rates.push(event);
      continue;
    }
    if (rates.length > 0) [view, rates] = [withRates(view, rates), []];
    view = applyEvent(view, event);
  }
  return rates.length > 0 ? withRates(view, rates) : view;
};

/** @param rates at least one */
function withRates(view: RunView, rates: readonly RateEvent[]): RunView {
  const column = (name: RateColumn) => rates.map((rate) => rate[name]);
  const columns = { step: column('step'), imagesPerSecond: column('imagesPerSecond'), inputWaitFraction: column('inputWaitFraction'), residentBytes: column('residentBytes') };
  return { ...view, rates: view.rates.append(columns), remainingMs: rates.at(-1)!.remainingMs };
}

/** The epoch with the best validation accuracy, the first of equals; null before the first. */
export function bestEpoch(view: Pick<RunView, 'epochs'>): EpochEvent | null {
  return view.epochs.reduce<EpochEvent | null>((best, epoch) => (best && best.validation.accuracy >= epoch.validation.accuracy ? best : epoch), null);
}

/** An epoch is recorded before its checkpoint is made: a run killed in between evaluates it again, and what is recorded last stands. */
function withEpoch(view: RunView, event: EpochEvent): RunView {
  const last = view.epochs.at(-1);
  if (last === undefined || last.epoch < event.epoch) return logged({ ...view, epochs: [...view.epochs, event] }, event);
  return logged({
    ...view,
    epochs: [...view.epochs.filter(({ epoch }) => epoch < event.epoch), event],
    log: view.log.filter((entry) => entry.type !== 'epoch' || entry.epoch < event.epoch),
  }, event);
}

/** Steps after `step` were lost with the process that did them: they are computed, and recorded, again. */
function droppedAfter(view: RunView, step: number): RunView {
  const kept = (entry: LogEntry) => !('step' in entry) || entry.step <= step || entry.type === 'noted';
  return {
    ...view,
    step,
    steps: view.steps.upTo('step', step),
    rates: view.rates.upTo('step', step),
    epochs: view.epochs.filter((epoch) => epoch.step <= step),
    log: view.log.filter(kept),
    lastCheckpoint: view.lastCheckpoint && view.lastCheckpoint.step <= step ? view.lastCheckpoint : null,
  };
}

const logged = (view: RunView, event: LogEntry): RunView => ({ ...view, log: [...view.log, event] });
