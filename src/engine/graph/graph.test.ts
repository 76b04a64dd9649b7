import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { because } from '../../../test/support/because';
import { mountProblem, tempDisk } from '../../../test/support/tempFolder';
import { inScratchFolder } from '../testing/runGraph';
import { Graph } from './graph';
import { add, matMul, reshape } from './ops';
import { bytesField, floatField, integerField, messageField, varint } from './protobuf';
import { writeSavedModel } from './savedModel';

describe('protobuf', () => {
  it('writes varints as the specification has them', () => {
    expect([...varint(0)]).toEqual([0]);
    expect([...varint(300)]).toEqual([0xac, 0x02]);
    expect([...varint(-1)]).toEqual([255, 255, 255, 255, 255, 255, 255, 255, 255, 1]);
    expect(() => varint(0.5)).toThrow(RangeError);
  });

  it('writes fields with number, wire type and length', () => {
    expect([...integerField(1, 150)]).toEqual([0x08, 0x96, 0x01]);
    expect([...bytesField(2, 'testing')]).toEqual([0x12, 0x07, ...Buffer.from('testing')]);
    expect([...floatField(4, 1)]).toEqual([0x25, 0, 0, 0x80, 0x3f]);
    expect([...messageField(3, [integerField(1, 150)])]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
  });
});

describe('Graph', () => {
  it('refuses a second variable of a name', () => {
    const graph = new Graph();
    graph.variable('weight', [2]);
    expect(() => graph.variable('weight', [3])).toThrow('The graph already has a variable "weight".');
  });

  it('gives nodes unique names', () => {
    const graph = new Graph();
    expect([graph.scalar(1).node, graph.scalar(2).node, graph.scalar(3).node]).toEqual(['Const', 'Const_1', 'Const_2']);
  });

  it('refuses values of another graph, a second signature of a name and shapes that do not fit', () => {
    const graph = new Graph();
    const foreign = new Graph().placeholder('foreign', 'float32', []);
    expect(() => add(graph, foreign, foreign)).toThrow('The graph has no node "foreign".');
    graph.signature('run', {}, {});
    expect(() => graph.signature('run', {}, {})).toThrow('already has a signature "run"');
    const [a, b] = [graph.placeholder('a', 'float32', [2, 3]), graph.placeholder('b', 'float32', [2, 4])];
    expect(() => add(graph, a, b)).toThrow('Shapes [2, 3] and [2, 4] do not broadcast.');
    expect(() => matMul(graph, a, b)).toThrow('do not fit together');
    expect(() => reshape(graph, a, [4])).toThrow('[2, 3] cannot be reshaped to [4].');
    expect(() => graph.constant('float32', [2], [1])).toThrow('A constant of shape [2] does not hold 1 values.');
  });
});

describe('writeSavedModel', () => {
  it('writes each model whole into a folder of its own', () =>
    inScratchFolder((folder) => {
      const model = () => {
        const graph = new Graph();
        graph.variable('weight', [2]);
        return graph;
      };
      const parent = join(folder, 'モデル');
      const [first, second] = [writeSavedModel(model(), parent), writeSavedModel(model(), parent)];
      expect(first).not.toBe(second);
      for (const path of [first, second]) expect(readdirSync(path)).toEqual(['saved_model.pb']);
      expect(readFileSync(join(first, 'saved_model.pb'))).toEqual(readFileSync(join(second, 'saved_model.pb')));
      expect(existsSync(join(first, 'saved_model.pb.partial'))).toBe(false);
    }));
});

it.skipIf(mountProblem)(because(mountProblem, 'a graph that its disk has no room for says so, and leaves nothing there'), () => {
  const { folder } = tempDisk(16);
  const graph = new Graph();
  graph.constant('float32', [16_384], new Array<number>(16_384).fill(1));
  const write = () => writeSavedModel(graph, folder);
  expect(write).toThrow(expect.objectContaining({ code: 'disk-full', message: expect.stringContaining(folder) as string }));
  expect(readdirSync(folder)).toEqual([]);
});
