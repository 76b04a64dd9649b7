import { describe, expect, it } from 'vitest';
import { CultivarError } from '../../contracts/errors';
import { type } from '../graph/attributes';
import { Graph } from '../graph/graph';
import { bitcast } from '../graph/ops';
import { floatFeed, openGraph } from '../testing/runGraph';
import { translate } from './session';

/** Reshapes four numbers to the fed shape, which fails in the kernel for most of them. */
function reshaping() {
  const graph = new Graph();
  const [x, dims] = [graph.placeholder('x', 'int32', [4]), graph.placeholder('dims', 'int32', [-1])];
  const attributes = { T: type('float32'), Tshape: type('int32') };
  const y = graph.add('Reshape', [bitcast(graph, x, 'float32'), dims], attributes, [{ dtype: 'float32', shape: [-1] }])[0]!;
  graph.signature('run', { x, dims }, { y });
  return openGraph(graph);
}
const x = floatFeed(Float32Array.of(1, 2, 3, 4), [4]);
const dims = (size: number) => ({ data: Int32Array.of(size), shape: [1] });

describe('Session', () => {
  it('gives back what the graph computes, in memory of its own', async () => {
    const session = await reshaping();
    const { y } = session.call('run', { x, dims: dims(4) });
    expect([...y!]).toEqual([1, 2, 3, 4]);
    session.close();
  });

  it('checks names, shapes and sizes before the call', async () => {
    const session = await reshaping();
    const call = (feeds: Parameters<typeof session.call>[1]) => () => session.call('run', feeds);
    expect(call({ x })).toThrow('Call "run": input "dims" is missing.');
    expect(call({ x, dims: dims(4), z: x })).toThrow('Call "run": there is no input "z".');
    expect(call({ x: { ...x, shape: [2, 2] }, dims: dims(4) })).toThrow('Call "run": input "x" has shape [2, 2], not [4].');
    expect(call({ x: { ...x, data: x.data.subarray(1) }, dims: dims(4) })).toThrow('Call "run": input "x" has 3 elements.');
    expect(() => session.call('walk', {})).toThrow('The model has no signature "walk".');
    expect(call({ x, dims: dims(4) })).not.toThrow();
    session.close();
  });

  it('is broken after a call that failed', async () => {
    const session = await reshaping();
    expect(() => session.call('run', { x, dims: dims(3) })).toThrow(/TensorFlow stopped the call: .*Input to reshape is a tensor with 4 values/s);
    expect(() => session.call('run', { x, dims: dims(4) })).toThrow(/cannot be used any more, since an earlier call failed/);
    session.close();
  });

  it('refuses a graph that TensorFlow does not take', async () => {
    const graph = new Graph();
    const input = graph.placeholder('x', 'int32', []);
    graph.signature('run', { x: input }, { y: graph.add('NoSuchOp', [input], {}, [input])[0]! });
    await expect(openGraph(graph)).rejects.toThrow(/NoSuchOp/);
  });
});

describe('translate', () => {
  it('knows memory that ran out', () => {
    const error = translate(new Error('Session fail to run with error: RESOURCE_EXHAUSTED: OOM when allocating tensor with shape[4096]'));
    expect(error.code).toBe('out-of-memory');
    expect(error.remedy).toMatch(/smaller batch/);
  });

  it('leaves errors with a code alone and keeps the words of others', () => {
    const own = new CultivarError({ code: 'gpu-unusable', message: 'no' });
    expect(translate(own)).toBe(own);
    // As oneDNN says it (src/trainer/outOfMemory.test.ts provokes it).
    expect(translate(new Error('Session fail to run with error: Operation received an exception:Status: 1, message: could not create a primitive, in file x.cc:1')).code).toBe('out-of-memory');
    expect(translate(new Error('Operation received an exception:Status: 3, message: could not create a primitive')).code).toBe('internal');
    expect(translate(new Error('UNKNOWN: JIT compilation failed')).message).toBe('TensorFlow stopped the call: UNKNOWN: JIT compilation failed');
  });
});
