import type { InferenceSession } from 'onnxruntime-node';
import { CultivarError } from '../../contracts/errors';
import { packageVersion } from './packageVersion';
import type { ModelRunner } from './runner';

/**
 * Opens a model that takes uint8 `images` [n, h, w, 3] and gives `logits`, in ONNX Runtime on the CPU.
 * @param source a file, or a model's bytes
 * @throws CultivarError export-damaged
 */
export async function openOnnx(source: string | Uint8Array, shape: Pick<ModelRunner, 'classes' | 'input'>): Promise<ModelRunner> {
  const { InferenceSession: Session, Tensor } = await import('onnxruntime-node');
  const options: InferenceSession.SessionOptions = { executionProviders: ['cpu'], graphOptimizationLevel: 'all', logSeverityLevel: 3 };
  const session = await (typeof source === 'string' ? Session.create(source, options) : Session.create(source, options)).catch((error: unknown) => {
    throw new CultivarError({ code: 'export-damaged', message: `ONNX Runtime does not open the model: ${firstLine(error)}.` }, { cause: error });
  });
  const { width, height, channels } = shape.input;
  let closed = false;
  return {
    runtime: `ONNX Runtime ${packageVersion('onnxruntime-node')}`,
    ...shape,
    async run(pixels, count) {
      // A copy where the memory is shared or a part: the runtime takes plain buffers.
      const images = new Tensor('uint8', Uint8Array.from(pixels.subarray(0, count * width * height * channels)), [count, height, width, channels]);
      const { logits } = await session.run({ images }, ['logits']);
      return logits!.data as Float32Array;
    },
    async close() {
      if (closed) return;
      closed = true;
      await session.release();
    },
  };
}

/** Values of outputs that are float32 vectors, for one batch of images; for calibration. */
export async function onnxOutputs(model: Uint8Array): Promise<{ run(pixels: Uint8Array, dims: readonly number[]): Promise<Record<string, Float32Array>>; close(): Promise<void> }> {
  const { InferenceSession: Session, Tensor } = await import('onnxruntime-node');
  const session = await Session.create(model, { executionProviders: ['cpu'], logSeverityLevel: 3 });
  return {
    async run(pixels, dims) {
      const results = await session.run({ images: new Tensor('uint8', pixels, dims) });
      return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
    },
    close: () => session.release(),
  };
}

const firstLine = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
