import { shape, string, type, type Attribute, type Attributes, type DType, type FloatType, type Shape } from './attributes';

/** One output of a node. A value is immutable; many nodes may read it. */
export interface Value {
  readonly node: string;
  readonly index: number;
  readonly dtype: DType;
  readonly shape: Shape;
}

export interface OutputType {
  readonly dtype: DType;
  readonly shape: Shape;
}

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly Value[];
  /** Names of nodes that must have run before this one. */
  readonly control: readonly string[];
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
}

/** What a session call feeds and fetches by name. */
export interface Signature {
  readonly inputs: Readonly<Record<string, Value>>;
  readonly outputs: Readonly<Record<string, Value>>;
}

export interface NodeOptions {
  /** Wanted name; a number is added where it is taken. */
  readonly name?: string;
  /** Control dependencies: these run first. */
  readonly after?: readonly Value[];
}

/**
 * A TensorFlow graph as data. Nodes are added in an order in which inputs come before their users, which differentiation
 * relies on. Shapes and dtypes of outputs are told by the caller (the functions in ./ops infer them); TensorFlow infers its
 * own at load and refuses a graph that does not hold together.
 */
export class Graph {
  readonly nodes: GraphNode[] = [];
  readonly signatures: Record<string, Signature> = {};
  /** Nodes that give variables their first value; they run when the model is loaded. */
  readonly initializers: Value[] = [];
  private readonly byName = new Map<string, GraphNode>();
  private readonly variableNames = new Set<string>();

  /** Adds a node and returns its outputs. */
  add(
    op: string,
    inputs: readonly Value[],
    attributes: Attributes,
    outputs: readonly OutputType[],
    { name = op, after = [] }: NodeOptions = {},
  ): Value[] {
    for (const input of [...inputs, ...after]) this.node(input.node);
    let unique = name;
    for (let n = 1; this.byName.has(unique); n++) unique = `${name}_${n}`;
    const values = outputs.map((output, index) => ({ node: unique, index, dtype: output.dtype, shape: output.shape }));
    const node = { name: unique, op, inputs, control: after.map((value) => value.node), attributes, outputs: values };
    this.nodes.push(node);
    this.byName.set(unique, node);
    return values;
  }

  /** The node of that name. Throws for one that this graph does not hold. */
  node(name: string): GraphNode {
    const node = this.byName.get(name);
    if (!node) throw new Error(`The graph has no node "${name}".`);
    return node;
  }

  constant(dtype: FloatType | 'int32', dims: Shape, values: readonly number[]): Value {
    if (values.length !== dims.reduce((a, b) => a * b, 1)) {
      throw new Error(`A constant of shape [${dims.join(', ')}] does not hold ${values.length} values.`);
    }
    const tensor: Attribute = { kind: 'tensor', dtype, shape: dims, content: contentOf(dtype, values) };
    return this.add('Const', [], { dtype: type(dtype), value: tensor }, [{ dtype, shape: dims }])[0]!;
  }

  scalar(value: number, dtype: FloatType = 'float32'): Value {
    return this.constant(dtype, [], [value]);
  }

  placeholder(name: string, dtype: DType, dims: Shape): Value {
    return this.add('Placeholder', [], { dtype: type(dtype), shape: shape(dims) }, [{ dtype, shape: dims }], { name })[0]!;
  }

  /**
   * Makes a float32 variable and returns its handle. It lives in the session and holds zeros (or `fill`) once the model is
   * loaded. A repeated name is an error: TensorFlow would let the two share storage without a word.
   */
  variable(name: string, dims: Shape, fill = 0): Value {
    if (this.variableNames.has(name)) throw new Error(`The graph already has a variable "${name}".`);
    this.variableNames.add(name);
    const attributes = { dtype: type('float32'), shape: shape(dims), shared_name: string(name) };
    const handle = this.add('VarHandleOp', [], attributes, [{ dtype: 'resource', shape: dims }], { name })[0]!;
    const size = this.constant('int32', [dims.length], dims);
    const filled = this.add(
      'Fill',
      [size, this.scalar(fill)],
      { T: type('float32'), index_type: type('int32') },
      [{ dtype: 'float32', shape: dims }],
    )[0]!;
    this.initializers.push(this.assign(handle, filled));
    return handle;
  }

  /** The variable's value at some moment of the call: give every reader of one step the same `read`. */
  read(handle: Value): Value {
    const output: OutputType = { dtype: 'float32', shape: handle.shape };
    return this.add('ReadVariableOp', [handle], { dtype: type('float32') }, [output], { name: `${handle.node}/read` })[0]!;
  }

  /**
   * An update: the returned value stands for the node and can only be waited for. A variable adopts the buffer it is assigned,
   * so a fed tensor must pass through DeepCopy first.
   */
  assign(handle: Value, value: Value, after: readonly Value[] = []): Value {
    return this.effect('AssignVariableOp', [handle, value], { dtype: type('float32') }, { name: `${handle.node}/assign`, after });
  }

  /** Adds a node without outputs; the returned value stands for the node and can only be waited for. */
  effect(op: string, inputs: readonly Value[], attributes: Attributes, options: NodeOptions = {}): Value {
    this.add(op, inputs, attributes, [], options);
    return { node: this.nodes.at(-1)!.name, index: 0, dtype: 'resource', shape: [] };
  }

  /** `value` once every one of `effects` has run. A session call runs only what its fetches need, so updates hang on this. */
  afterAll(value: Value, effects: readonly Value[]): Value {
    return this.add('Identity', [value], { T: type(value.dtype) }, [value], { after: effects })[0]!;
  }

  /** Names a set of feeds and fetches. Throws for a repeated name. */
  signature(name: string, inputs: Record<string, Value>, outputs: Record<string, Value>): void {
    if (this.signatures[name]) throw new Error(`The graph already has a signature "${name}".`);
    this.signatures[name] = { inputs, outputs };
  }
}

/** The bytes of a constant. To bfloat16 by rounding to nearest, ties to even, as TensorFlow casts. */
function contentOf(dtype: FloatType | 'int32', values: readonly number[]): Uint8Array {
  switch (dtype) {
    case 'int32':
      return new Uint8Array(Int32Array.from(values).buffer);
    case 'float32':
      return new Uint8Array(Float32Array.from(values).buffer);
    case 'float64':
      return new Uint8Array(Float64Array.from(values).buffer);
    case 'bfloat16': {
      const bits = new Uint32Array(Float32Array.from(values).buffer);
      return new Uint8Array(Uint16Array.from(bits, (word) => (word + 0x7fff + ((word >>> 16) & 1)) >>> 16).buffer);
    }
  }
}
