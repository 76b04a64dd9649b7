import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { io, Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { CultivarError } from '../../contracts/errors';
import type { ModelRunner } from './runner';

const modelSchema = z.looseObject({
  modelTopology: z.looseObject({}), signature: z.looseObject({}),
  weightsManifest: z.array(z.object({ paths: z.array(z.string().regex(/^[\w.-]+$/)), weights: z.array(z.looseObject({ name: z.string(), shape: z.array(z.number()), dtype: z.string() })) })),
});

/**
 * Opens a graph model in TensorFlow.js itself, on its WebAssembly backend. It shares no kernel with TensorFlow's own library.
 * @throws CultivarError export-damaged
 */
export async function openTfjs(folder: string, shape: Pick<ModelRunner, 'classes' | 'input'>): Promise<ModelRunner> {
  const tf = await import('@tensorflow/tfjs-core');
  const { loadGraphModel } = await import('@tensorflow/tfjs-converter');
  await import('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend('wasm');
  const load = async () => {
    const { modelTopology, signature, weightsManifest } = modelSchema.parse(JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')));
    const shards = await Promise.all(weightsManifest.flatMap(({ paths }) => paths).map((path) => readFile(join(folder, path))));
    const weightSpecs = weightsManifest.flatMap(({ weights }) => weights) as unknown as io.WeightsManifestEntry[];
    return { modelTopology, signature, format: 'graph-model', weightSpecs, weightData: Uint8Array.from(Buffer.concat(shards)).buffer };
  };
  const model = await loadGraphModel({ load }).catch((error: unknown) => {
    throw new CultivarError({ code: 'export-damaged', message: `TensorFlow.js does not open the model: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}.` }, { cause: error });
  });
  const { width, height, channels } = shape.input;
  let closed = false;
  return {
    runtime: `TensorFlow.js ${tf.version_core} (${tf.getBackend()})`,
    ...shape,
    async run(pixels, count) {
      const images = tf.tensor4d(pixels, [count, height, width, channels], 'int32');
      const logits = model.execute({ images }, 'logits') as Tensor;
      try {
        return await logits.data<'float32'>();
      } finally {
        tf.dispose([images, logits]);
      }
    },
    close() {
      if (!closed) model.dispose();
      closed = true;
      return Promise.resolve();
    },
  };
}
