import { describe, expect, it } from 'vitest';
import { Graph } from './graph';
import { add, bitcast, cast, matMul, relu, reshape, sum } from './ops';
import { peakBytes } from './peakMemory';

describe('bytes of a call at its fullest', () => {
  const input = (graph: Graph) => graph.placeholder('x', 'int32', [-1, 100]);

  it('counts what is held until its last reader, and nothing twice', () => {
    const graph = new Graph();
    const x = input(graph);
    const a = cast(graph, bitcast(graph, x, 'float32'), 'float64');
    const b = reshape(graph, a, [-1, 10, 10]);
    // a is read again after b's sum: both are held while the sum of 10 × 8 bytes a row is made.
    const c = sum(graph, b, [1]);
    const d = sum(graph, a, [1]);
    graph.signature('run', { x }, { c: cast(graph, c, 'float32'), d: cast(graph, d, 'float32') });
    const [feed, axes] = [400, 4];
    expect(peakBytes(graph, 'run', 1)).toBe(feed + 800 + 80 + 8 + axes);
    expect(peakBytes(graph, 'run', 3) - peakBytes(graph, 'run', 2)).toBe(feed + 800 + 80 + 8);
  });

  it('an op that works in place takes nothing, unless its input is wanted later', () => {
    const bytes = (again: boolean) => {
      const graph = new Graph();
      const x = input(graph);
      const a = cast(graph, bitcast(graph, x, 'float32'), 'bfloat16');
      const b = relu(graph, a);
      graph.signature('run', { x }, { y: cast(graph, again ? add(graph, a, b) : b, 'float32') });
      return peakBytes(graph, 'run', 10);
    };
    // Fed 4,000; a 2,000; y 4,000.
    expect(bytes(false)).toBe(4000 + 2000 + 4000);
    expect(bytes(true)).toBe(4000 + 2000 + 2000 + 4000 - 2000);
  });

  it('leaves out what the signature does not need', () => {
    const graph = new Graph();
    const x = input(graph);
    const a = bitcast(graph, x, 'float32');
    matMul(graph, a, a, true);
    graph.signature('run', { x }, { y: relu(graph, a) });
    expect(peakBytes(graph, 'run', 1)).toBe(400 + 400);
  });
});
