import { rmSync } from 'node:fs';
import { CultivarError } from '../../contracts/errors';
import { isUsingGpuDevice, loadTensorFlow, Session } from '../backend';
import { writeSavedModel } from '../graph/savedModel';
import { lastMapSize } from '../../core/model/architecture';
import { elements, parametersOf } from '../../core/model/parameters';
import { buildNetwork } from './buildNetwork';
import { batchFeeds, scalarFeed } from './input';
import { stepScalars } from './optimizer';
import { architectureOf, type Batch, type NetworkSpec, type StateTensor } from './spec';
import { stateFeeds, stateSpecs, stateTensors } from './state';

export type { Batch, NetworkSpec, StateTensor } from './spec';
export { initialState } from './state';

/** A network in a TensorFlow session. Its calls block the thread; after one has failed, all others do. */
export interface Network {
  readonly spec: NetworkSpec;
  /** Trained numbers, as torchvision counts them. */
  readonly parameterCount: number;
  /** One step of the optimizer. Returns the mean loss over the batch and the number of right answers, both before the step. */
  trainStep(batch: Batch, learningRate: number): { loss: number; correct: number };
  /** With running statistics and without label smoothing. `logits`: [n, classes]. */
  evaluate(batch: Batch): { lossSum: number; correct: number; logits: Float32Array };
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
      ? { code: 'gpu-unusable', message: 'The GPU was asked for, but TensorFlow runs on the CPU.', remedy: 'See what is missing.', command: 'npm run --silent cultivar -- doctor' }
      : { code: 'internal', message: 'The CPU was asked for, but TensorFlow took the GPU.', remedy: 'Start the trainer with CUDA_VISIBLE_DEVICES=-1.' },
  );
}

class OpenNetwork implements Network {
  readonly parameterCount: number;
  private readonly state;
  private readonly lastMapPixels: number;
  /** Steps of the optimizer so far; Adam's corrections hang on it. */
  private step = 0;

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

  trainStep(batch: Batch, learningRate: number): { loss: number; correct: number } {
    if (batch.labels.length * this.lastMapPixels < 2) throw singleValue();
    const scalars = stepScalars(this.spec.optimizer, this.step + 1, learningRate);
    const feeds = Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, scalarFeed(value)]));
    const { loss, correct } = this.session.call('train', { ...batchFeeds(this.spec, batch), ...feeds });
    this.step++;
    return { loss: loss![0]!, correct: correct![0]! };
  }

  evaluate(batch: Batch): { lossSum: number; correct: number; logits: Float32Array } {
    const { lossSum, correct, logits } = this.session.call('evaluate', { ...batchFeeds(this.spec, batch) });
    return { lossSum: lossSum![0]!, correct: correct![0]!, logits: logits! };
  }

  readState(): StateTensor[] {
    return stateTensors(this.state, this.session.call('read', {}), this.step);
  }

  writeState(tensors: readonly StateTensor[]): void {
    const { feeds, step } = stateFeeds(this.state, tensors);
    this.session.call('write', feeds);
    this.step = step;
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
