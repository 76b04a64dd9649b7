import { bytesField, concat, floatField, integerField, messageField, type Bytes } from '../../../engine/graph/protobuf';

/** TensorProto.DataType */
const onnxTypes = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float16: 10 } as const;
export type OnnxType = keyof typeof onnxTypes;

/** Of the operators used here none is newer; ONNX Runtime has read it since 1.20 (2024). */
const onnxOpset = 21;
/** Goes with the opset: ONNX 1.16. */
const irVersion = 10;

type AttributeValue = { readonly i: number } | { readonly f: number } | { readonly ints: readonly number[] };

/** A size, or the name of one that stays open. */
export type OnnxShape = readonly (number | string)[];

/** An ONNX model as data (onnx/onnx.proto). Values go by name. */
export class OnnxGraph {
  private readonly nodes: Bytes[] = [];
  private readonly initializers: Bytes[] = [];
  private readonly inputs: Bytes[] = [];
  private readonly outputs: Bytes[] = [];
  private readonly names = new Set<string>();

  /** Adds a node with one output and returns the output's name. */
  node(op: string, inputs: readonly string[], attributes: Readonly<Record<string, AttributeValue>> = {}, name = op): string {
    const output = this.unique(name);
    this.nodes.push(messageField(1, [
      ...inputs.map((input) => bytesField(1, input)), bytesField(2, output), bytesField(3, output), bytesField(4, op),
      ...Object.entries(attributes).map(([key, value]) => messageField(5, [bytesField(1, key), ...attributeFields(value)])),
    ]));
    return output;
  }

  /** A constant; `data` is in the type's own bytes. */
  initializer(name: string, type: OnnxType, dims: readonly number[], data: Bytes): string {
    const unique = this.unique(name);
    this.initializers.push(messageField(5, [...dims.map((size) => integerField(1, size)), integerField(2, onnxTypes[type]), bytesField(8, unique), bytesField(9, data)]));
    return unique;
  }

  input(name: string, type: OnnxType, shape: OnnxShape): string {
    this.inputs.push(messageField(11, valueInfo(this.unique(name), type, shape)));
    return name;
  }

  output(name: string, type: OnnxType, shape: OnnxShape): void {
    this.outputs.push(messageField(12, valueInfo(name, type, shape)));
  }

  /** The bytes of the .onnx file. @param metadata texts that viewers show */
  encode(metadata: Readonly<Record<string, string>>, producerVersion: string): Bytes {
    return concat([
      integerField(1, irVersion), bytesField(2, 'Cultivar'), bytesField(3, producerVersion),
      messageField(7, [...this.nodes, bytesField(2, 'cultivar'), ...this.initializers, ...this.inputs, ...this.outputs]),
      messageField(8, [bytesField(1, ''), integerField(2, onnxOpset)]),
      ...Object.entries(metadata).map(([key, value]) => messageField(14, [bytesField(1, key), bytesField(2, value)])),
    ]);
  }

  private unique(name: string): string {
    let unique = name;
    for (let n = 1; this.names.has(unique); n++) unique = `${name}_${n}`;
    this.names.add(unique);
    return unique;
  }
}

/** Fields of an AttributeProto besides its name: the value, and its kind in field 20. */
function attributeFields(value: AttributeValue): Bytes[] {
  if ('i' in value) return [integerField(3, value.i), integerField(20, 2)];
  if ('f' in value) return [floatField(2, value.f), integerField(20, 1)];
  return [...value.ints.map((int) => integerField(8, int)), integerField(20, 7)];
}

const valueInfo = (name: string, type: OnnxType, shape: OnnxShape): Bytes[] => [
  bytesField(1, name),
  messageField(2, [messageField(1, [
    integerField(1, onnxTypes[type]),
    messageField(2, shape.map((size) => messageField(1, [typeof size === 'number' ? integerField(1, size) : bytesField(2, size)]))),
  ])]),
];
