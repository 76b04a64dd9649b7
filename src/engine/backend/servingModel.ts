import { CultivarError } from '../../contracts/errors';
import { loadTensorFlow } from './load';
import { translate } from './session';

/** What tfjs says of a signature's inputs and outputs; its sizes are protobuf messages, which its types hide. */
interface TensorInfo {
  readonly name: string;
  readonly tfDtype?: string;
  readonly shape?: readonly { getSize(): number }[];
}

const sizes = (info: TensorInfo | undefined): number[] => (info?.shape ?? []).map((dim) => dim.getSize());

/**
 * Opens a SavedModel by its `serving_default` signature: one uint8 input [-1, height, width, 3], an output `logits` [-1, classes].
 * @throws CultivarError 'export-damaged' where it is no such model
 */
export async function openServingModel(folder: string): Promise<{
  readonly classes: number;
  readonly height: number;
  readonly width: number;
  logits(pixels: Uint8Array, count: number): Float32Array;
  close(): Promise<void>;
}> {
  const tf = loadTensorFlow();
  const bad = (what: string, cause?: unknown) => new CultivarError({
    code: 'export-damaged', message: `The SavedModel in ${folder} cannot be used: ${what}.`, ...(cause !== undefined && { detail: cause instanceof Error ? cause.stack : String(cause) }),
  }, { cause });
  const model = await tf.node.loadSavedModel(folder, ['serve'], 'serving_default').catch((error: unknown) => {
    throw bad('TensorFlow does not open it', error);
  });
  const [inputs, outputs] = [model.inputs, model.outputs] as unknown as [readonly TensorInfo[], readonly TensorInfo[]];
  const [input] = inputs;
  const shape = sizes(input);
  const classes = sizes(outputs.find(({ name }) => name === 'logits')).at(-1) ?? 0;
  if (inputs.length !== 1 || !input || input.tfDtype !== 'DT_UINT8' || shape.length !== 4 || shape[3] !== 3 || classes < 2) {
    model.dispose();
    throw bad('its signature serving_default is not one of images and logits');
  }
  const [, height, width] = shape as [number, number, number, number];
  return {
    classes, height, width,
    logits(pixels, count) {
      const fed = tf.tensor4d(pixels, [count, height, width, 3], 'int32');
      try {
        const results = model.predict({ [input.name]: fed }) as Record<string, ReturnType<typeof tf.tensor>>;
        try {
          return results['logits']!.dataSync<'float32'>();
        } finally {
          tf.dispose(results);
        }
      } catch (error) {
        throw translate(error);
      } finally {
        fed.dispose();
      }
    },
    close: () => {
      model.dispose();
      return Promise.resolve();
    },
  };
}
