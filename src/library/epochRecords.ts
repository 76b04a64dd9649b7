import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RecordedEpoch } from '../core/judgement/comparisonInput';
import type { EpochEvent, PlannedEvent, StartedEvent } from '../core/run/events';
import { makeFolder, readJson, writeFileAtomic } from './atomic';
import { parseJson, stringifyJson } from './json';
import { eventsFile, readEventText } from './runs';

/** What is judged of a run's events: its epochs and its plan. */
export interface EpochRecord {
  readonly epochs: readonly RecordedEpoch[];
  readonly plan: { readonly stepsPerEpoch: number; readonly totalSteps: number } | null;
}

const epochSchema = z.strictObject({
  epoch: z.number(), validation: z.number().or(z.nan()), validationImages: z.number(), plainTrain: z.number().or(z.nan()).nullable(), augmentedTrain: z.number().or(z.nan()).nullable(), elapsedMs: z.number(),
});
const recordSchema = z.strictObject({ mark: z.string(), epochs: z.array(epochSchema), plan: z.strictObject({ stepsPerEpoch: z.number(), totalSteps: z.number() }).nullable() });
const indexSchema = z.strictObject({ schemaVersion: z.literal(1), runs: z.record(z.string(), recordSchema) });
type Kept = z.output<typeof recordSchema>;

/** `index/epochs.json`: may be removed at any time, and is made again. */
const indexFile = (library: string) => join(library, 'index', 'epochs.json');

/**
 * Reads the epochs of runs without their steps, and keeps what it read: in memory, and of runs that have ended in the library's index, so that
 * a thousand runs are judged without reading their events again. An entry holds while the events file has its size and time.
 */
export class EpochRecords {
  /** Read once, however many ask at the same time. */
  private loading: Promise<Map<string, Kept>> | null = null;
  private kept: Map<string, Kept> | null = null;
  private changed = false;

  constructor(private readonly library: string) {}

  /** @throws CultivarError a storage error. A line that is damaged is left out: the run's own screens tell of it. */
  async read(runId: string): Promise<EpochRecord> {
    this.kept = await (this.loading ??= loadIndex(this.library));
    const found = await stat(eventsFile(this.library, runId)).catch(() => null);
    if (!found) return { epochs: [], plan: null };
    const mark = `${found.size} ${Math.round(found.mtimeMs)}`;
    const known = this.kept.get(runId);
    if (known?.mark === mark) return known;
    const record = { mark, ...epochsOf(await readEventText(this.library, runId)) };
    this.kept.set(runId, record);
    this.changed = true;
    return record;
  }

  /** Writes the index where something was read anew. A library that cannot be written to has none. */
  async save(): Promise<void> {
    if (!this.changed || !this.kept) return;
    this.changed = false;
    try {
      await makeFolder(join(this.library, 'index'));
      await writeFileAtomic(indexFile(this.library), stringifyJson({ schemaVersion: 1, runs: Object.fromEntries(this.kept) } satisfies z.input<typeof indexSchema>));
    } catch {
      // It only saves time.
    }
  }
}

async function loadIndex(library: string): Promise<Map<string, Kept>> {
  const parsed = indexSchema.safeParse(await readJson(indexFile(library)).catch(() => null));
  return new Map(parsed.success ? Object.entries(parsed.data.runs) : []);
}

const wanted = /^\{"type":"(epoch|started|resumed|planned)"/;

/** Of a run's lines only those of epochs and starts are read; the many of steps are passed over unparsed. */
function epochsOf(data: Buffer): { epochs: RecordedEpoch[]; plan: { stepsPerEpoch: number; totalSteps: number } | null } {
  let epochs: (RecordedEpoch & { readonly step: number })[] = [];
  let plan: { stepsPerEpoch: number; totalSteps: number } | null = null;
  for (let at = 0, end = data.indexOf(10); end !== -1; at = end + 1, end = data.indexOf(10, at)) {
    if (!wanted.test(data.toString('latin1', at, Math.min(end, at + 24)))) continue;
    const event = parsedLine(data.toString('utf8', at, end));
    if (!event) continue;
    // Epochs after the step that a resumed run went on from were trained, and are recorded, again.
    if (event.type === 'resumed') epochs = epochs.filter(({ step }) => step <= event.step);
    else if (event.type === 'started') plan = { stepsPerEpoch: event.stepsPerEpoch, totalSteps: event.totalSteps };
    else if (event.type === 'planned') plan = { stepsPerEpoch: event.totalSteps / event.epochs, totalSteps: event.totalSteps };
    else {
      // One that was killed before its checkpoint stood was evaluated again: the last record stands, as in the run's view.
      if ((epochs.at(-1)?.epoch ?? 0) >= event.epoch) epochs = epochs.filter(({ epoch }) => epoch < event.epoch);
      epochs.push({ step: event.step, ...recorded(event) });
    }
  }
  return { epochs: epochs.map(({ step: _step, ...epoch }) => epoch), plan };
}

function parsedLine(line: string): EpochEvent | StartedEvent | PlannedEvent | { readonly type: 'resumed'; readonly step: number } | null {
  try {
    return parseJson(line) as EpochEvent;
  } catch {
    return null;
  }
}

/** Older runs, or runs from elsewhere, may lack what is measured on plain training images. */
function recorded({ epoch, validation, train, plainTrain, elapsedMs }: EpochEvent): RecordedEpoch {
  const accuracy = (score: { accuracy: number } | null | undefined) => score?.accuracy ?? null;
  return { epoch, validation: validation.accuracy, validationImages: validation.images, plainTrain: accuracy(plainTrain), augmentedTrain: accuracy(train), elapsedMs };
}
