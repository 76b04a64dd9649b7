import type { Tensor } from '@tensorflow/tfjs-node-gpu';
import { CultivarError } from '../../contracts/errors';
import { loadTensorFlow, type TensorFlow } from './load';

/**
 * An input of a call. Everything is fed as int32, bytes and floats too: the graph turns the bits back into what they are (on
 * a GPU a float32 input would be copied three times). `data` is not copied and must not change during the call.
 */
export interface Feed {
  readonly data: Int32Array;
  readonly shape: readonly number[];
}

/** The result of a fetch, in memory of its own. Only float32 is fetched. */
export type Fetched = Float32Array;

interface LoadedSignature {
  readonly inputs: ReadonlyMap<string, readonly number[]>;
  predict(feeds: Record<string, Tensor>): Record<string, Tensor>;
  dispose(): void;
}

/** One SavedModel in one TensorFlow session; its signatures share the variables. */
export class Session {
  private broken: CultivarError | null = null;
  private closed = false;

  private constructor(
    private readonly tf: TensorFlow,
    private readonly signatures: ReadonlyMap<string, LoadedSignature>,
  ) {}

  /**
   * Opens the SavedModel in `folder`, which must not be written again while it is open.
   * @param signatures input names with their shapes (-1: any size) for each signature
   */
  static async open(
    folder: string,
    signatures: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>,
  ): Promise<Session> {
    const tf = loadTensorFlow();
    const loaded = new Map<string, LoadedSignature>();
    try {
      for (const [name, inputs] of Object.entries(signatures)) {
        const model = await tf.node.loadSavedModel(folder, ['serve'], name);
        loaded.set(name, {
          inputs: new Map(Object.entries(inputs)),
          predict: (feeds) => model.predict(feeds) as Record<string, Tensor>,
          dispose: () => model.dispose(),
        });
      }
    } catch (error) {
      for (const signature of loaded.values()) signature.dispose();
      throw translate(error);
    }
    return new Session(tf, loaded);
  }

  /**
   * Runs one signature. It blocks the thread. Shapes are checked first: TensorFlow would go on until some kernel minds.
   * @throws CultivarError 'out-of-memory', or 'internal' with TensorFlow's own words. A call that failed may have moved some
   * variables and has leaked its inputs, so every later call throws as well: go on in a new process from a checkpoint.
   */
  call(name: string, feeds: Readonly<Record<string, Feed>>): Record<string, Fetched> {
    const signature = this.usable(name);
    checkFeeds(name, signature.inputs, feeds);
    const fed: Record<string, Tensor> = {};
    let fetched: Record<string, Tensor> = {};
    try {
      for (const [key, { data, shape }] of Object.entries(feeds)) fed[key] = this.tf.tensor(data, [...shape], 'int32');
      fetched = signature.predict(fed);
      return Object.fromEntries(Object.entries(fetched).map(([key, tensor]) => [key, floats(key, tensor)]));
    } catch (error) {
      this.broken = translate(error);
      throw this.broken;
    } finally {
      this.tf.dispose([fed, fetched]);
    }
  }

  /** Frees the variables. Safe to repeat. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const signature of this.signatures.values()) signature.dispose();
  }

  private usable(name: string): LoadedSignature {
    if (this.closed) throw new CultivarError({ code: 'internal', message: 'The network is closed.' });
    if (this.broken) {
      throw new CultivarError(
        {
          code: this.broken.code,
          message: `The network cannot be used any more, since an earlier call failed: ${this.broken.message}`,
          remedy: 'Go on from the last checkpoint in a new process.',
          detail: this.broken.detail,
        },
        { cause: this.broken },
      );
    }
    const signature = this.signatures.get(name);
    if (!signature) throw new CultivarError({ code: 'internal', message: `The model has no signature "${name}".` });
    return signature;
  }
}

function floats(key: string, tensor: Tensor): Fetched {
  const data = tensor.dataSync();
  if (!(data instanceof Float32Array)) throw new Error(`Output "${key}" is ${tensor.dtype}, not float32.`);
  return data;
}

function checkFeeds(name: string, inputs: ReadonlyMap<string, readonly number[]>, feeds: Readonly<Record<string, Feed>>): void {
  const fail = (message: string) => new CultivarError({ code: 'internal', message: `Call "${name}": ${message}` });
  for (const key of Object.keys(feeds)) if (!inputs.has(key)) throw fail(`there is no input "${key}".`);
  for (const [key, shape] of inputs) {
    const feed = feeds[key];
    if (!feed) throw fail(`input "${key}" is missing.`);
    const fits = feed.shape.length === shape.length && feed.shape.every((size, axis) => shape[axis] === -1 || shape[axis] === size);
    if (!fits) throw fail(`input "${key}" has shape [${feed.shape.join(', ')}], not [${shape.map((s) => (s < 0 ? 'any' : s)).join(', ')}].`);
    if (feed.data.length !== feed.shape.reduce((a, b) => a * b, 1)) throw fail(`input "${key}" has ${feed.data.length} elements.`);
  }
}

/** oneDNN's status 1 is dnnl_out_of_memory: it says no more of an allocation that was refused. */
const outOfMemory = /RESOURCE_EXHAUSTED|OOM when allocating|std::bad_alloc|received an exception:\s*Status: 1,/;

/** TensorFlow's errors are plain ones; the code is the capitalised word in their text. */
export function translate(error: unknown): CultivarError {
  if (error instanceof CultivarError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const detail = error instanceof Error ? error.stack : text;
  if (outOfMemory.test(text)) {
    return new CultivarError(
      {
        code: 'out-of-memory',
        message: 'The network did not fit into memory.',
        remedy: 'Take a smaller batch, or end other programs that use this memory.',
        detail,
      },
      { cause: error },
    );
  }
  return new CultivarError({ code: 'internal', message: `TensorFlow stopped the call: ${text.split('\n')[0]}`, detail }, { cause: error });
}
