import type { RunWriter } from '../../library/runWriter';
import type { StepsEvent, TrainerEvent } from '../../core/run/events';

type Point = { readonly [K in 'step' | 'loss' | 'accuracy' | 'learningRate' | 'elapsedMs']: number };

/** Events to the disk and to whoever listens. Steps go in batches: a chart needs a few a second, and a disk no more. */
export class Recorder {
  private points: Point[] = [];
  private lastFlushMs = performance.now();

  constructor(private readonly writer: RunWriter, private readonly send: (events: readonly TrainerEvent[]) => void) {}

  async step(point: Point): Promise<void> {
    this.points.push(point);
    if (performance.now() - this.lastFlushMs > 250) await this.flush();
  }

  /** Records steps so far, then these. */
  async record(...events: readonly TrainerEvent[]): Promise<void> {
    const batch = [...this.takeSteps(), ...events];
    if (batch.length === 0) return;
    this.lastFlushMs = performance.now();
    // The disk first: what the window has seen is kept.
    await this.writer.append(...batch);
    this.send(batch);
  }

  flush(): Promise<void> { return this.record(); }

  private takeSteps(): StepsEvent[] {
    if (this.points.length === 0) return [];
    const points = this.points;
    this.points = [];
    const column = (name: keyof Point) => points.map((point) => point[name]);
    return [{ type: 'steps', atMs: Date.now(), step: column('step'), loss: column('loss'), accuracy: column('accuracy'), learningRate: column('learningRate'), elapsedMs: column('elapsedMs') }];
  }
}
