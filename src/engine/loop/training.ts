import type { OpenDataset } from '../../contracts/dataset';
import { CultivarError } from '../../contracts/errors';
import type { SplitIndices } from '../../core/data/split';
import type { CheckpointEvent, EpochEvent } from '../../core/run/events';
import { stopsEarly } from '../../core/run/earlyStopping';
import { learningRateAt } from '../../core/schedule/learningRate';
import { scheduleStep } from '../../core/schedule/timeBudget';
import { removeUnneeded, unneededCheckpoints, writeFirstBatch } from '../../library/checkpoints';
import { epochAnswersBytes, writeEpochAnswers } from '../../library/epochAnswers';
import { writePredictions } from '../../library/predictions';
import { summaryOf } from '../../library/runManifest';
import type { RunWriter } from '../../library/runWriter';
import { replay } from '../../core/run/view';
import { saveCheckpoint, type CheckpointIdentity, type Position } from '../checkpoint/checkpoint';
import { openBatches, type BatchSource, type TrainingBatch } from '../input';
import type { Network } from '../step/network';
import type { RunControl } from './control';
import { CollectedAnswers, CollectedPredictions } from './collectPredictions';
import { score } from './evaluate';
import { Pace } from './pace';
import type { Recorder } from './recorder';
import { stepOptions } from './stepOptions';

interface TrainingDeps {
  readonly identity: CheckpointIdentity;
  readonly network: Network;
  readonly dataset: OpenDataset;
  readonly split: SplitIndices;
  readonly recorder: Recorder;
  readonly writer: RunWriter;
  readonly control: RunControl;
  readonly workers: number;
  readonly stepsPerEpoch: number;
  /** That are planned: fewer than the config's where a time budget leaves fewer. */
  readonly epochs: number;
}

type End = 'completed' | 'stopped';

const hasWholeWeights = (network: Network): boolean =>
  network.readState().every(({ role, data }) => role === 'optimizer' || role === 'average' || data.every((value) => Number.isFinite(value)));

/** The loop of one sitting. Its state is the network's and `position`; both are in every checkpoint. */
export class Training {
  private readonly pace: Pace;
  private readonly totalSteps: number;
  /** As the config has it: what the schedule is drawn over. */
  private readonly askedSteps: number;
  private readonly epochs: EpochEvent[];
  /** Of the epoch that runs, in this sitting: how fast it is. */
  private trainMs = 0;
  private trainedImages = 0;
  private lastCheckpointMs = performance.now();
  /** Of this sitting: a pause may lie in the middle of an evaluation. */
  private pausedMs = 0;

  constructor(private readonly deps: TrainingDeps, private position: Position) {
    this.totalSteps = deps.stepsPerEpoch * deps.epochs;
    this.askedSteps = deps.stepsPerEpoch * deps.identity.config.epochs;
    this.pace = new Pace(this.totalSteps, deps.stepsPerEpoch);
    // One may be recorded without the checkpoint that follows it: it is evaluated again, and counts once.
    this.epochs = replay(deps.writer.stored.events).epochs.filter(({ epoch }) => epoch <= position.epochsDone);
  }

  async run(): Promise<End> {
    const { dataset, split, identity: { config }, workers } = this.deps;
    const source = openBatches({
      store: dataset.store, indices: split.train, batchSize: config.batchSize, seed: config.seed, augmentation: config.augmentation, epochs: this.deps.epochs, epochsBefore: config.continues?.epochs ?? 0,
      startStep: this.position.step, workers,
    });
    try {
      for (;;) {
        const { step, epochsDone } = this.position;
        const ended = step > 0 && step % this.deps.stepsPerEpoch === 0 && epochsDone < step / this.deps.stepsPerEpoch;
        if (ended && !(await this.finishEpoch())) return await this.stop();
        if (this.position.step === this.totalSteps || this.endsEarly) return await this.complete();
        if (!(await this.proceed())) return await this.stop();
        await this.step(source);
        if (performance.now() - this.lastCheckpointMs > config.checkpointEveryMinutes * 60_000) await this.checkpoint('time');
      }
    } finally {
      await source.close();
    }
  }

  private async step(source: BatchSource): Promise<void> {
    const { network, recorder, identity: { config }, stepsPerEpoch } = this.deps;
    const [start, waitedBefore] = [performance.now(), source.waitedMs];
    const batch = await source.next();
    if (!batch) throw new Error('there is no batch left although the run is not at its end');
    const learningRate = this.learningRateOf(batch.step);
    const images = batch.labels.length;
    if (batch.step === 0) await this.keepFirstBatch(batch);
    const { loss, correct } = network.trainStep(batch, learningRate, stepOptions(config, batch.step, stepsPerEpoch));
    batch.release();
    const ms = performance.now() - start;
    const { sums } = this.position;
    const step = batch.step + 1;
    this.trainMs += ms;
    this.trainedImages += images;
    this.position = {
      ...this.position, step, validationAccuracy: null, elapsedMs: this.position.elapsedMs + ms,
      sums: { loss: sums.loss + loss * images, correct: sums.correct + correct, images: sums.images + images },
    };
    this.pace.stepped(images, ms);
    this.pace.waited(source.waitedMs - waitedBefore);
    await recorder.step({ step, loss, accuracy: correct / images, learningRate, elapsedMs: this.position.elapsedMs });
    if (!Number.isFinite(loss)) throw await this.notFinite(step, loss, 'training');
    const rate = this.pace.rate(step);
    if (rate) await recorder.record(rate);
  }

  /** @param step counted from 0 */
  private learningRateOf(step: number): number {
    const { identity: { config: { schedule } }, stepsPerEpoch } = this.deps;
    return learningRateAt(schedule, scheduleStep(step, this.totalSteps, this.askedSteps), this.askedSteps, stepsPerEpoch);
  }

  /** By the epochs evaluated so far; not between the last step of an epoch and its evaluation. */
  private get endsEarly(): boolean {
    const { identity: { config: { earlyStopping } }, stepsPerEpoch } = this.deps;
    return earlyStopping !== null && this.position.step % stepsPerEpoch === 0 && stopsEarly(earlyStopping, this.epochs);
  }

  private async notFinite(step: number, loss: number, split: 'training' | 'validation'): Promise<CultivarError> {
    await this.deps.recorder.flush();
    return new CultivarError({
      code: 'loss-not-finite',
      message: `The loss${split === 'validation' ? ' on the validation images' : ''} became ${Number.isNaN(loss) ? 'not a number' : 'infinite'} at step ${step}, with learning rate ${this.learningRateOf(step - 1).toPrecision(3)}. What was recorded before is kept.`,
      remedy: 'Try a learning rate ten times smaller, a longer warm-up, or clipNorm 1.',
    });
  }

  private async keepFirstBatch({ pixels, labels, indices, mix }: TrainingBatch): Promise<void> {
    const { identity: { library, runId }, dataset: { store }, recorder } = this.deps;
    await writeFirstBatch(library, runId, { width: store.width, height: store.height, pixels: Uint8Array.from(pixels), labels: [...labels], indices: [...indices], mix: mix?.draw ?? null });
    await recorder.record({ type: 'firstBatch', atMs: Date.now(), images: labels.length });
  }

  /** Notes, pauses and stops are heard here. @returns false where the run is to end */
  private async proceed(): Promise<boolean> {
    const { control, recorder } = this.deps;
    await this.takeNotes();
    const { step } = this.position;
    if (control.paused && !control.stopped) {
      const begun = performance.now();
      // A pause may last for days: what is trained so far is safe first.
      await this.checkpoint('pause');
      await recorder.record({ type: 'paused', atMs: Date.now(), step });
      await control.whilePaused();
      await recorder.record({ type: 'continued', atMs: Date.now(), step });
      this.pace.restart();
      this.pausedMs += performance.now() - begun;
    }
    return !control.stopped;
  }

  private async takeNotes(): Promise<void> {
    const { control, recorder } = this.deps;
    await control.yield();
    for (const text of control.takeNotes()) await recorder.record({ type: 'noted', atMs: Date.now(), step: this.position.step, text });
  }

  /** @returns false where a stop came in between; the evaluation is done again on resume */
  private async finishEpoch(): Promise<boolean> {
    const { network, dataset: { store, classes, revision }, split, recorder, writer, identity: { library, runId, config } } = this.deps;
    await recorder.flush();
    const { step, sums, elapsedMs } = this.position;
    const [start, pausedBefore] = [performance.now(), this.pausedMs];
    const proceed = () => this.proceed();
    // The last epoch is the one that is judged: its answers are kept, image by image.
    const predictions = step === this.totalSteps || config.earlyStopping !== null ? new CollectedPredictions(split.validation, classes.length) : null;
    const answers = epochAnswersBytes(split.validation.length, this.deps.epochs) > 0 ? new CollectedAnswers(split.validation, classes.length) : null;
    const validation = await score(network, store, split.validation, proceed, ({ labels }, logits) => {
      predictions?.add(labels, logits);
      answers?.add(labels, logits);
    });
    const plainTrain = validation && (await score(network, store, split.trainCheck, proceed));
    const ema = config.emaDecay === null ? undefined : plainTrain && (await score(network, store, split.validation, proceed, undefined, 'average'));
    if (!validation || !plainTrain || ema === null) return false;
    const evaluateMs = performance.now() - start - (this.pausedMs - pausedBefore);
    const epoch = step / this.deps.stepsPerEpoch;
    const trainMs = elapsedMs - (this.epochs.at(-1)?.elapsedMs ?? 0);
    const event: EpochEvent = {
      type: 'epoch', atMs: Date.now(), epoch, step,
      train: { loss: sums.loss / sums.images, accuracy: sums.correct / sums.images, images: sums.images },
      plainTrain, validation, ...(ema && { emaValidation: ema }), trainMs, evaluateMs, elapsedMs,
      // Where this sitting trained none of it, an earlier one's rate is all there is.
      imagesPerSecond: 1000 * (this.trainedImages > 0 ? this.trainedImages / this.trainMs : sums.images / trainMs),
    };
    this.epochs.push(event);
    const last = step === this.totalSteps || this.endsEarly;
    // No step follows whose loss would tell that this one's weights are no numbers. Of whole weights an evaluation may overflow: statistics of few steps.
    if (last && Number.isNaN(validation.loss) && !hasWholeWeights(network)) throw await this.notFinite(step, validation.loss, 'validation');
    if (predictions && last) await writePredictions(library, runId, { split: 'validation', step, classes, dataRevision: revision, ...predictions.all });
    if (answers) await writeEpochAnswers(library, runId, { classes, dataRevision: revision, indices: split.validation, labels: answers.labels }, { epoch, step, answers: answers.answers, confidences: answers.confidences });
    await recorder.record(event);
    await writer.update({ summary: summaryOf({ epochs: this.epochs, step, shortened: this.totalSteps < this.askedSteps ? 'time-budget' : null }) });
    this.position = { ...this.position, epochsDone: epoch, sums: { loss: 0, correct: 0, images: 0 }, validationAccuracy: validation.accuracy };
    await this.checkpoint('epoch');
    this.pace.evaluated(evaluateMs);
    this.trainMs = 0;
    this.trainedImages = 0;
    return true;
  }

  private async checkpoint(reason: CheckpointEvent['reason']): Promise<void> {
    const { identity, network, recorder, writer } = this.deps;
    const { step } = this.position;
    // A resume goes on after this step: its figures have to be there before the checkpoint is.
    await recorder.flush();
    await writer.sync();
    const bytes = await saveCheckpoint(identity, this.position, network.readState());
    // The optimizer's state goes only once the end is recorded, by the host: until then a kill may want it again.
    const unneeded = await unneededCheckpoints(identity.library, identity.runId, { at: step });
    await removeUnneeded(identity.library, identity.runId, unneeded);
    await recorder.record({ type: 'checkpoint', atMs: Date.now(), step, bytes, reason, dropped: unneeded.dropped });
    this.lastCheckpointMs = performance.now();
  }

  private async stop(): Promise<End> {
    if (this.position.step > 0) await this.checkpoint('stop');
    await this.takeNotes();
    await this.deps.recorder.flush();
    return 'stopped';
  }

  private async complete(): Promise<End> {
    const { recorder, stepsPerEpoch, identity: { config } } = this.deps;
    const { step } = this.position;
    // Also where a resume finds it decided.
    if (step < this.totalSteps) await recorder.record({ type: 'planned', atMs: Date.now(), step, epochs: step / stepsPerEpoch, totalSteps: step, asked: config.epochs, reason: 'early-stopping', epochMs: null });
    await this.takeNotes();
    await recorder.flush();
    return 'completed';
  }
}
