import type { DatasetProgress } from '../contracts/dataset';
import type { ImportProgress } from '../contracts/importing';
import type { AuditProgress } from '../core/audit/types';
import type { TrainerEvent } from '../core/run/events';
import { applyEvent, emptyView, type RunView } from '../core/run/view';
import { duration, percent, say } from './output';
import { isTold } from './slowPrecision';

const terminal = process.stderr.isTTY === true;
const barWidth = 24;

/** How far a run, or an experiment of several, is: one redrawn line on a terminal; elsewhere a line an epoch and one about every ten seconds. */
export class TrainingProgress {
  private view: RunView = emptyView;
  private prefix = '';
  private lastLineMs = 0;

  constructor(private readonly total: () => { fraction: number; remainingMs: number | null } | null = () => null) {}

  /** A new run begins; `prefix` stands before its lines. */
  begin(prefix: string): void {
    this.view = emptyView;
    this.prefix = prefix;
  }

  events(events: readonly TrainerEvent[]): void {
    for (const event of events) {
      this.view = applyEvent(this.view, event);
      const line = told(event);
      if (line) this.line(`${this.prefix}${line}`);
    }
    this.show();
  }

  get current(): RunView { return this.view; }

  private show(): void {
    const now = performance.now();
    if (now - this.lastLineMs < (terminal ? 200 : 10_000) || !this.view.plan || this.view.phase !== 'running') return;
    this.lastLineMs = now;
    const text = `${this.prefix}${statusLine(this.view, this.total())}`;
    process.stderr.write(terminal ? `\r\x1b[K${text.slice(0, (process.stderr.columns ?? 120) - 1)}` : `${text}\n`);
  }

  private line(text: string): void {
    process.stderr.write(`${terminal ? '\r\x1b[K' : ''}${text}\n`);
  }
}

function told(event: TrainerEvent): string | null {
  switch (event.type) {
    case 'started':
      return `on ${event.device.name} (${event.device.kind.toUpperCase()}), ${event.trainImages.toLocaleString('en-US')} training images, ${event.stepsPerEpoch} steps an epoch`
        + (event.gpuNotUsed ? `\nThe GPU is NOT used: ${event.gpuNotUsed}` : '');
    case 'resumed':
      return `resumed after step ${event.step}`;
    case 'epoch':
      return `epoch ${event.epoch}: training ${percent(event.train.accuracy)}, plain training images ${percent(event.plainTrain.accuracy)}, validation ${percent(event.validation.accuracy)}, `
        + `validation loss ${event.validation.loss.toFixed(3)}`
        // None where the epoch had been trained before a resume and was only left to be evaluated.
        + (event.imagesPerSecond > 0 ? `, ${Math.round(event.imagesPerSecond)} images/s` : '');
    case 'warned':
      return isTold(event.error) ? null : `warning: ${event.error.message}`;
    default:
      return null;
  }
}

function statusLine(view: RunView, total: { fraction: number; remainingMs: number | null } | null): string {
  const { plan, step } = view;
  if (!plan) return '';
  const fraction = total?.fraction ?? step / plan.totalSteps;
  const filled = Math.round(fraction * barWidth);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
  const remaining = total ? total.remainingMs : view.remainingMs;
  const rate = view.rates.last('imagesPerSecond');
  return [
    `${bar} ${Math.floor(fraction * 100)} %`,
    `epoch ${(step / plan.stepsPerEpoch).toFixed(1)} of ${plan.epochs}, step ${step.toLocaleString('en-US')} of ${plan.totalSteps.toLocaleString('en-US')}`,
    view.steps.length > 0 ? `loss ${view.steps.last('loss')?.toFixed(3)}, accuracy ${percent(view.steps.last('accuracy') ?? 0)}` : null,
    rate === null ? null : `${Math.round(rate)} images/s`,
    remaining === null ? null : `${duration(remaining)} left`,
  ].filter(Boolean).join(', ');
}

/** Progress of getting a data set: one redrawn line on a terminal, elsewhere a line a phase. */
export function dataProgress(): (progress: DatasetProgress) => void {
  let [phase, shownAtMs] = ['', 0];
  return (progress) => {
    const now = performance.now();
    const ended = progress.doneBytes === progress.totalBytes;
    if (progress.phase === phase && (!terminal || (!ended && now - shownAtMs < 200))) return;
    const size = progress.totalBytes === null ? '' : ` of ${Math.round(progress.totalBytes / 1e6)} MB`;
    const text = terminal ? `CIFAR-10: ${progress.phase} ${Math.round(progress.doneBytes / 1e6)}${size}` : `CIFAR-10: ${progress.phase}${size && `, ${size.slice(4)}`}`;
    process.stderr.write(terminal ? `\r\x1b[K${text}${ended ? '\n' : ''}` : `${text}\n`);
    [phase, shownAtMs] = [progress.phase, now];
  };
}

/** Progress of an import: one redrawn line on a terminal, elsewhere a line about every ten seconds. */
export function importProgress(): (progress: ImportProgress) => void {
  let shownAtMs = -Infinity;
  return ({ phase, done, total, quarantined, imagesPerSecond, remainingMs }) => {
    const now = performance.now();
    const ended = done === total;
    if (!ended && now - shownAtMs < (terminal ? 200 : 10_000)) return;
    shownAtMs = now;
    const text = [
      `${phase === 'read' ? 'images' : 'storing'} ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`,
      imagesPerSecond === null ? null : `${Math.round(imagesPerSecond).toLocaleString('en-US')} images/s`,
      remainingMs === null || ended ? null : `${duration(remainingMs)} left`,
      quarantined > 0 ? `${quarantined.toLocaleString('en-US')} cannot be used` : null,
    ].filter(Boolean).join(', ');
    process.stderr.write(terminal ? `\r\x1b[K${text}${ended ? '\n' : ''}` : `${text}\n`);
  };
}

/** Progress of an audit: one redrawn line on a terminal, elsewhere a line about every ten seconds. */
export function auditProgress(): (progress: AuditProgress) => void {
  const words: Readonly<Record<AuditProgress['phase'], string>> = { read: 'images read', exact: 'equal images', features: 'images looked at', compare: 'parts compared', verify: 'pairs compared', store: 'storing' };
  let shownAtMs = -Infinity;
  return ({ phase, done, total, remainingMs }) => {
    const now = performance.now();
    const ended = phase === 'store';
    if (!ended && now - shownAtMs < (terminal ? 200 : 10_000)) return;
    shownAtMs = now;
    const text = ended ? words.store : `${words[phase]}: ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}${remainingMs === null ? '' : `, ${duration(remainingMs)} left of this part`}`;
    process.stderr.write(terminal ? `\r\x1b[K${text}${ended ? '\n' : ''}` : `${text}\n`);
  };
}

/** What Ctrl+C, a termination and a terminal that is closed do: once, a stop at a checkpoint; a second time, the end. */
export function onInterrupt(stop: () => void, words = 'Stopping at a checkpoint; the run is kept. Ctrl+C again ends at once.'): () => void {
  let asked = false;
  const handler = () => {
    if (asked) process.exit(130);
    asked = true;
    say(`\n${words}`);
    stop();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, handler);
  return () => {
    for (const signal of signals) process.off(signal, handler);
  };
}
