import type { RunConfig } from '../../core/config/run';
import { trainCheckSize } from '../../core/data/split';
import type { StoredEvent } from '../../core/run/events';

/** How fast runs of one kind of work went. */
export interface Pace {
  readonly msPerTrainImage: number;
  /** Of an image that is only looked at, validation or plain training. */
  readonly msPerEvaluatedImage: number;
  readonly imagesPerSecond: number;
  readonly fromRunId: string;
}

export interface PacedRun {
  readonly id: string;
  readonly step: number;
  readonly config: RunConfig;
}

/** Whether two runs do the same work a step, so that one's speed tells the other's. */
const sameWork = (a: RunConfig, b: RunConfig) =>
  a.model.architecture === b.model.architecture && a.model.stem === b.model.stem && a.batchSize === b.batchSize
  && JSON.stringify(a.augmentation) === JSON.stringify(b.augmentation) && a.precision === b.precision && a.xla === b.xla && a.intraOpThreads === b.intraOpThreads && a.device === b.device;

/** Looks at runs once, however many configs are asked for. */
export class Paces {
  private readonly read = new Map<string, Promise<MeasuredPace | null>>();

  /**
   * @param runs newest first
   * @param device where runs that leave their device open would train now; null where that is not known: then any run's pace will do
   */
  constructor(private readonly runs: readonly PacedRun[], private readonly eventsOf: (runId: string) => Promise<readonly StoredEvent[]>, private readonly device: 'cpu' | 'gpu' | null) {}

  /** From the newest run of the same work that has measured a rate; null without. */
  async of(config: RunConfig): Promise<Pace | null> {
    for (const run of this.runs) {
      if (run.step === 0 || !sameWork(run.config, config)) continue;
      const known = this.read.get(run.id) ?? this.eventsOf(run.id).then(paceIn);
      this.read.set(run.id, known);
      const measured = await known;
      if (!measured) continue;
      const { device, ...pace } = measured;
      const elsewhere = config.device === 'auto' && this.device !== null && device !== null && device !== this.device;
      if (!elsewhere) return { ...pace, fromRunId: run.id };
    }
    return null;
  }
}

/** A forward pass is about a third of a step; used until an evaluation was measured. */
const evaluationPart = 1 / 3;

/** `device`: what it was measured on; null where the record does not say. */
type MeasuredPace = Omit<Pace, 'fromRunId'> & { readonly device: 'cpu' | 'gpu' | null };

/** The last whole epoch's pace, else the last rate measured within the first epoch. */
function paceIn(events: readonly StoredEvent[]): MeasuredPace | null {
  let [rate, pace, device]: [number | null, MeasuredPace | null, 'cpu' | 'gpu' | null] = [null, null, null];
  for (const event of events) {
    if (event.type === 'started') device = event.device.kind;
    if (event.type === 'rate') rate = event.imagesPerSecond;
    if (event.type === 'rates') rate = event.columns.imagesPerSecond.at(-1)!;
    if (event.type !== 'epoch') continue;
    const { imagesPerSecond, trainMs, evaluateMs, train, validation, emaValidation, plainTrain } = event;
    pace = { device, imagesPerSecond, msPerTrainImage: trainMs / train.images, msPerEvaluatedImage: evaluateMs / (validation.images + (emaValidation?.images ?? 0) + plainTrain.images) };
  }
  if (pace || rate === null) return pace;
  return { device, imagesPerSecond: rate, msPerTrainImage: 1000 / rate, msPerEvaluatedImage: (evaluationPart * 1000) / rate };
}

/** Of a whole run, evaluations included, in milliseconds. @param rest images that there are to train on, before `trainImages` takes a part of them */
export function runDurationMs({ data, epochs, emaDecay }: RunConfig, rest: number, { msPerTrainImage, msPerEvaluatedImage }: Pace): number {
  const trained = data.trainImages ?? rest;
  // The average of the weights is evaluated beside them.
  const validated = data.validationImages * (emaDecay === null ? 1 : 2);
  return epochs * (trained * msPerTrainImage + (validated + trainCheckSize(data.validationImages, trained)) * msPerEvaluatedImage);
}
