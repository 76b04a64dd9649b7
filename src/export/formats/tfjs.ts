import { join } from 'node:path';
import type { ExportPrecision } from '../../contracts/exports';
import { ints, type Attribute, type DType, type Shape } from '../../engine/graph/attributes';
import type { GraphNode, Signature, Value } from '../../engine/graph/graph';
import { bytesOf } from '../model/bytes';
import { toHalves } from '../model/half';
import type { TrainedModel } from '../model/trainedModel';
import { frozenGraph } from './frozenGraph';
import { writeSynced } from './writeSynced';

/** As the converter of TensorFlow.js cuts them: a browser caches files of this size. */
const shardBytes = 4 * 1024 * 1024;

const typeNames: Partial<Record<DType, string>> = { float32: 'DT_FLOAT', int32: 'DT_INT32', uint8: 'DT_UINT8', bool: 'DT_BOOL' };
const typeName = (dtype: DType): string => {
  const name = typeNames[dtype];
  if (!name) throw new Error(`TensorFlow.js has no type ${dtype}.`);
  return name;
};
const shapeJson = (shape: Shape) => ({ dim: shape.map((size) => ({ size: String(size) })) });

/** A GraphDef's attribute in protobuf's JSON; bytes are base64, and a constant's values lie in the shards. */
function attributeJson(attribute: Attribute): object {
  switch (attribute.kind) {
    case 'string': return { s: Buffer.from(attribute.value).toString('base64') };
    case 'int': return { i: String(attribute.value) };
    case 'float': return { f: attribute.value };
    case 'bool': return { b: attribute.value };
    case 'type': return { type: typeName(attribute.value) };
    case 'shape': return { shape: shapeJson(attribute.value) };
    case 'ints': return { list: { i: attribute.value.map(String) } };
    case 'tensor': return { tensor: { dtype: typeName(attribute.dtype), tensorShape: shapeJson(attribute.shape) } };
  }
}

// TensorFlow has defaults for these, TensorFlow.js has none.
const lacking: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = { Conv2D: { dilations: ints([1, 1, 1, 1]) } };

const nodeJson = ({ name, op, inputs, attributes }: GraphNode) => ({
  name, op,
  input: inputs.map(({ node, index }) => (index === 0 ? node : `${node}:${index}`)),
  attr: Object.fromEntries(Object.entries({ ...lacking[op], ...attributes }).map(([key, value]) => [key, attributeJson(value)])),
});

const tensorsJson = (values: Readonly<Record<string, Value>>) =>
  Object.fromEntries(Object.entries(values).map(([key, { node, index, dtype, shape }]) => [key, { name: `${node}:${index}`, dtype: typeName(dtype), tensorShape: shapeJson(shape) }]));
const signatureJson = ({ inputs, outputs }: Signature) => ({ inputs: tensorsJson(inputs), outputs: tensorsJson(outputs) });

interface StoredWeight {
  readonly spec: { readonly name: string; readonly shape: Shape; readonly dtype: string; readonly quantization?: object };
  readonly bytes: Uint8Array;
}

/**
 * A TensorFlow.js graph model: model.json and shards. Filters and the classifier's matrix are stored as float16, or as bytes on an even
 * grid from their smallest to their largest value, where that is asked for; TensorFlow.js makes float32 of them as it loads, so size is
 * what is saved. Biases and batch norm stay float32.
 */
export async function writeTfjs(model: TrainedModel, { fold, precision }: { readonly fold: boolean; readonly precision: ExportPrecision }, folder: string): Promise<void> {
  const graph = frozenGraph(model, { fold, dtype: 'int32' });
  const weights = graph.nodes.filter(({ op }) => op === 'Const').map((node) => stored(node, precision));
  const whole = Buffer.concat(weights.map(({ bytes }) => bytes));
  const shards = Math.ceil(whole.length / shardBytes);
  const paths = Array.from({ length: shards }, (_, i) => `group1-shard${i + 1}of${shards}.bin`);
  for (const [i, path] of paths.entries()) await writeSynced(join(folder, path), whole.subarray(i * shardBytes, (i + 1) * shardBytes));
  await writeSynced(join(folder, 'model.json'), JSON.stringify({
    format: 'graph-model', generatedBy: 'Cultivar', convertedBy: null,
    signature: signatureJson(graph.signatures['serving_default']!),
    modelTopology: { node: graph.nodes.map(nodeJson), library: {}, versions: { producer: 2474 } },
    weightsManifest: [{ paths, weights: weights.map(({ spec }) => spec) }],
  }));
}

function stored({ name, attributes }: GraphNode, precision: ExportPrecision): StoredWeight {
  const value = attributes['value'];
  if (value?.kind !== 'tensor') throw new Error(`The constant ${name} has no value.`);
  const spec = { name, shape: value.shape, dtype: value.dtype };
  if (precision === 'float32' || value.dtype !== 'float32' || value.shape.length < 2) return { spec, bytes: value.content };
  const data = new Float32Array(Uint8Array.from(value.content).buffer);
  if (precision === 'float16') return { spec: { ...spec, quantization: { dtype: 'float16', original_dtype: 'float32' } }, bytes: bytesOf(toHalves(data)) };
  const { min, scale, bytes } = affineBytes(data);
  return { spec: { ...spec, quantization: { dtype: 'uint8', min, scale, original_dtype: 'float32' } }, bytes };
}

/** value ≈ byte · scale + min */
function affineBytes(data: Float32Array): { min: number; scale: number; bytes: Uint8Array } {
  let [min, max] = [Infinity, -Infinity];
  for (const value of data) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const scale = (max - min) / 255 || 1;
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) bytes[i] = Math.round((data[i]! - min) / scale);
  return { min, scale, bytes };
}
