import { rmSync } from 'node:fs';
import { CultivarError } from '../../contracts/errors';
import { cultivarCommand } from '../../library/command';
import { isUsingGpuDevice, loadTensorFlow, Session, type Feed, type Fetched } from '../backend';
import { writeSavedModel } from '../graph/savedModel';
import { lastMapSize } from '../../core/model/layers';
import { elements, parametersOf } from '../../core/model/parameters';
import { buildNetwork } from './buildNetwork';
import { batchFeeds, scalarFeed, trainingFeeds } from './input';
import { stepScalars } from './optimizer';
import { architectureOf, type Batch, type NetworkSpec, type StateTensor } from './spec';
import { partsOf } from './parts';
import { stateFeeds, stateSpecs, stateTensors, type StepCounts } from './state';
import { averageShare, backboneScalar } from './training';

export type { Batch, NetworkSpec, StateTensor } from './spec';
export { averagePrefix, averagesOfWeights, initialState } from './state';

export interface StepOptions {
  /** Moves the classifier alone; the backbone, its batch norm included, stays as it is. Needs a `freezable` network. */
  readonly frozen?: boolean;
  /** Part of the moving average that this step's weights replace, 1 - decay; wanted where the network keeps averages. */
  readonly averageShare?: number;
}

/** A network in a TensorFlow session. Its calls block the thread; after one has failed, all others do. */
export interface Network {
  readonly spec: NetworkSpec;
  /** Trained numbers, as torchvision counts them. */
  readonly parameterCount: number;
  /** One step of the optimizer. Returns the mean loss over the batch and the number of right answers, both before the step. */
  trainStep(batch: Batch, learningRate: number, options?: StepOptions): { loss: number; correct: number };
  /** With running statistics and without label smoothing, of the weights themselves or of their moving average. `logits`: [n, classes]. */
  evaluate(batch: Batch, of?: 'weights' | 'average'): { lossSum: number; correct: number; logits: Float32Array };
  /** Everything a bit-exact resume needs, copied. */
  readState(): StateTensor[];
  /** Sets the whole state. Refuses unknown, missing or misshapen tensors ('checkpoint-damaged') and then changes nothing. */
  writeState(tensors: readonly StateTensor[]): void;
  /** Frees the session and the graph's folder. Safe to repeat. */
  close(): void;
}

/**
 * Opens a new network whose state is zero: give it one with `writeState(initialState(spec, seed))` or a checkpoint's.
 * @param folder where a folder for the graph is made; it goes away with `close`
 * @throws CultivarError 'runtime-missing', 'runtime-unloadable', 'gpu-unusable', 'out-of-memory'
 */
export async function openNetwork(spec: NetworkSpec, folder: string): Promise<Network> {
  checkDevice(spec);
  const graph = buildNetwork(spec, spec.device === 'gpu' ? 'explicit' : 'native');
  const graphFolder = writeSavedModel(graph, folder);
  const shapes = Object.fromEntries(
    Object.entries(graph.signatures).map(([name, { inputs }]) => [
      name,
      Object.fromEntries(Object.entries(inputs).map(([key, { shape }]) => [key, shape])),
    ]),
  );
  try {
    return new OpenNetwork(spec, await Session.open(graphFolder, shapes), graphFolder);
  } catch (error) {
    rmSync(graphFolder, { recursive: true, force: true });
    throw error;
  }
}

/** The graph is built for one device and nothing in it says where it runs: never train on another one in silence. */
function checkDevice({ device }: NetworkSpec): void {
  const actual = isUsingGpuDevice(loadTensorFlow()) ? 'gpu' : 'cpu';
  if (actual === device) return;
  throw new CultivarError(
    device === 'gpu'
      ? { code: 'gpu-unusable', message: 'The GPU was asked for, but TensorFlow runs on the CPU.', remedy: 'See what is missing.', command: cultivarCommand('doctor') }
      : { code: 'internal', message: 'The CPU was asked for, but TensorFlow took the GPU.', remedy: 'Start the trainer with CUDA_VISIBLE_DEVICES=-1.' },
  );
}

class OpenNetwork implements Network {
  readonly parameterCount: number;
  private readonly state;
  private readonly lastMapPixels: number;
  /** Adam's corrections hang on them. */
  private counts: StepCounts = { step: 0, frozenSteps: 0 };

  constructor(
    readonly spec: NetworkSpec,
    private readonly session: Session,
    private readonly graphFolder: string,
  ) {
    this.state = stateSpecs(spec);
    const architecture = architectureOf(spec);
    this.lastMapPixels = lastMapSize(architecture, spec.height) * lastMapSize(architecture, spec.width);
    this.parameterCount = parametersOf(architecture)
      .filter(({ role }) => role === 'parameter')
      .reduce((count, { shape }) => count + elements(shape), 0);
  }

  trainStep(batch: Batch, learningRate: number, { frozen = false, averageShare: share }: StepOptions = {}): { loss: number; correct: number } {
    const { spec, session } = this;
    if (batch.labels.length * this.lastMapPixels < 2) throw singleValue();
    const scalars = this.scalars(learningRate, frozen, share);
    const name = frozen ? 'trainHead' : 'train';
    const inParts = (spec.microBatch ?? null) !== null;
    const result = inParts ? this.accumulate(name, batch) : sums(session.call(name, { ...trainingFeeds(spec, batch), ...scalars }));
    if (inParts) session.call(frozen ? 'applyHead' : 'apply', scalars);
    this.counts = { step: this.counts.step + 1, frozenSteps: this.counts.frozenSteps + (frozen ? 1 : 0) };
    return result;
  }

  /** Adds up the gradients of a batch's parts, each by its share of the images: their mean over the batch. */
  private accumulate(name: string, batch: Batch): { loss: number; correct: number } {
    const total = { loss: 0, correct: 0 };
    for (const part of partsOf(this.spec, batch)) {
      const weight = part.labels.length / batch.labels.length;
      const { loss, correct } = sums(this.session.call(name, { ...trainingFeeds(this.spec, part), weight: scalarFeed(weight) }));
      total.loss += loss * weight;
      total.correct += correct;
    }
    return total;
  }

  private scalars(learningRate: number, frozen: boolean, share: number | undefined): Record<string, Feed> {
    const { spec: { optimizer, averages, freezable }, counts: { step, frozenSteps } } = this;
    const own = Object.entries(stepScalars(optimizer, step + 1, learningRate));
    const backbone = freezable && !frozen ? Object.entries(stepScalars(optimizer, step + 1 - frozenSteps, learningRate)).map(([name, value]) => [backboneScalar(name), value] as const) : [];
    if (averages && share === undefined) throw new CultivarError({ code: 'internal', message: 'A step of a network with averages needs their share.' });
    return Object.fromEntries([...own, ...backbone, ...(averages ? [[averageShare, share!] as const] : [])].map(([name, value]) => [name, scalarFeed(value)]));
  }

  evaluate(batch: Batch, of: 'weights' | 'average' = 'weights'): { lossSum: number; correct: number; logits: Float32Array } {
    const { lossSum, correct, logits } = this.session.call(of === 'weights' ? 'evaluate' : 'evaluateAverage', { ...batchFeeds(this.spec, batch) });
    return { lossSum: lossSum![0]!, correct: correct![0]!, logits: logits! };
  }

  readState(): StateTensor[] {
    return stateTensors(this.state, this.session.call('read', {}), this.counts);
  }

  writeState(tensors: readonly StateTensor[]): void {
    const { feeds, counts } = stateFeeds(this.state, tensors);
    this.session.call('write', feeds);
    this.counts = counts;
  }

  close(): void {
    this.session.close();
    rmSync(this.graphFolder, { recursive: true, force: true });
  }
}

/** As torch refuses it: one value has no variance. */
const singleValue = (): CultivarError =>
  new CultivarError({
    code: 'config-invalid',
    message: 'A batch of one image cannot be trained on here: the last maps are one pixel, and batch norm needs more than one value a channel.',
    remedy: 'Take a batch size that leaves no single image at the end of an epoch.',
  });

const sums = ({ loss, correct }: Readonly<Record<string, Fetched>>) => ({ loss: loss![0]!, correct: correct![0]! });
