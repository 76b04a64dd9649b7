import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asStorageError } from '../../library/atomic';
import { attributeFields, dtypeNumber, shapeFields } from './attributes';
import type { Graph, GraphNode, Signature, Value } from './graph';
import { bytesField, concat, integerField, mapField, messageField, type Bytes } from './protobuf';

/** Which TensorFlow's rules the graph was written under: TF_GRAPH_DEF_VERSION of 2.21. */
const graphDefProducer = 2474;

const nodeFields = ({ name, op, inputs, control, attributes }: GraphNode): Bytes[] => [
  bytesField(1, name),
  bytesField(2, op),
  // Control inputs must follow all data inputs.
  ...inputs.map((input) => bytesField(3, `${input.node}:${input.index}`)),
  ...[...new Set(control)].map((node) => bytesField(3, `^${node}`)),
  mapField(5, attributes, attributeFields),
];

/** TensorInfo. tfjs takes the output index from the ':0' and fails where the shape message is missing. */
const tensorInfoFields = ({ node, index, dtype, shape }: Value): Bytes[] => [
  bytesField(1, `${node}:${index}`),
  integerField(2, dtypeNumber(dtype)),
  messageField(3, shapeFields(shape)),
];

const signatureFields = ({ inputs, outputs }: Signature): Bytes[] => [
  mapField(1, inputs, tensorInfoFields),
  mapField(2, outputs, tensorInfoFields),
  bytesField(3, 'tensorflow/serving/predict'), // the method name that TensorFlow's own loaders look for
];

/** The bytes of saved_model.pb (tensorflow/core/protobuf/{saved_model,meta_graph}.proto). */
function serializeSavedModel(graph: Graph): Bytes {
  const init = graph.effect('NoOp', [], {}, { name: 'init', after: graph.initializers });
  // '__saved_model_init_op' runs when the model is loaded; with it no variables/ folder is needed. Its output is an operation,
  // not a tensor: a bare node name, without ':0', and no dtype.
  const initSignature = messageField(5, [
    bytesField(1, '__saved_model_init_op'),
    messageField(2, [mapField(2, { __saved_model_init_op: init.node }, (node) => [bytesField(1, node)])]),
  ]);
  return concat([
    integerField(1, 1), // saved_model_schema_version
    messageField(2, [
      messageField(1, [bytesField(4, 'serve'), bytesField(5, '2.21.0')]), // tags, tensorflow_version
      messageField(2, [
        ...graph.nodes.map((node) => messageField(1, nodeFields(node))),
        messageField(4, [integerField(1, graphDefProducer)]),
      ]),
      mapField(5, graph.signatures, signatureFields),
      initSignature,
    ]),
  ]);
}

/**
 * Writes a graph as a SavedModel into a new folder of its own under `parent` and returns that folder. TensorFlow remembers a
 * model by its path, so a path is never written twice; the file appears whole or not at all.
 * @throws CultivarError a storage error
 */
export function writeSavedModel(graph: Graph, parent: string): string {
  let folder: string | null = null;
  try {
    mkdirSync(parent, { recursive: true });
    folder = mkdtempSync(join(parent, 'graph-'));
    const file = join(folder, 'saved_model.pb');
    writeFileSync(`${file}.partial`, serializeSavedModel(graph));
    renameSync(`${file}.partial`, file);
    return folder;
  } catch (error) {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
    throw asStorageError(error, parent);
  }
}
