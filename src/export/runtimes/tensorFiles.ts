import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CultivarError } from '../../contracts/errors';
import { openWeights } from '../../weights/openWeights';
import { onnxModel } from '../formats/onnx/onnxModel';
import { TrainedModel, type ModelDescription, type NamedTensor } from '../model/trainedModel';
import { openOnnx } from './onnxRunner';
import type { ModelRunner } from './runner';

/**
 * Tensors alone cannot be asked: they are read back, the network that torchvision's names describe is built around them in ONNX, and ONNX
 * Runtime runs it. Convolutions keep the file's own layout there, so nothing is shared with the graph that trained.
 * @throws CultivarError export-damaged, weights-unreadable
 */
export async function openTensorFiles(folder: string, format: 'safetensors' | 'weights', description: ModelDescription): Promise<ModelRunner> {
  const tensors = format === 'safetensors' ? await safetensors(join(folder, 'model.safetensors')) : await plainWeights(folder);
  const bytes = onnxModel(new TrainedModel(description, tensors), { fold: false, type: 'float32' }).encode({}, '');
  return openOnnx(bytes, { classes: description.classes, input: description.input });
}

async function safetensors(path: string): Promise<NamedTensor[]> {
  const file = await openWeights(path);
  try {
    return await Promise.all(file.tensors.map(async ({ name, shape, read }) => ({ name, shape, data: await read() })));
  } finally {
    await file.close();
  }
}

const listSchema = z.object({
  schemaVersion: z.literal(1), byteOrder: z.literal('little-endian'),
  tensors: z.array(z.object({ name: z.string(), dtype: z.literal('float32'), shape: z.array(z.int().min(1)), offsetBytes: z.int().min(0) })),
});

async function plainWeights(folder: string): Promise<NamedTensor[]> {
  const data = await readFile(join(folder, 'weights.bin'));
  const list = listSchema.safeParse(JSON.parse(await readFile(join(folder, 'weights.json'), 'utf8')));
  if (!list.success) throw new CultivarError({ code: 'export-damaged', message: 'weights.json does not say what lies in weights.bin.', detail: z.prettifyError(list.error) });
  return list.data.tensors.map(({ name, shape, offsetBytes }) => {
    const values = shape.reduce((product, size) => product * size, 1);
    if (offsetBytes + values * 4 > data.length) throw new CultivarError({ code: 'export-damaged', message: `weights.bin ends before ${name} does.` });
    return { name, shape, data: new Float32Array(Uint8Array.from(data.subarray(offsetBytes, offsetBytes + values * 4)).buffer) };
  });
}
