import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session, type Feed } from '../backend';
import { Graph, type Value } from '../graph/graph';
import { bitcast } from '../graph/ops';
import { writeSavedModel } from '../graph/savedModel';

/** For tests: a temporary folder that goes away after `work`. */
export async function inScratchFolder<T>(work: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-test-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const floatFeed = (values: Float32Array, shape: readonly number[]): Feed => ({
  data: new Int32Array(values.buffer, values.byteOffset, values.length),
  shape,
});

/** A float32 input of a graph under test, fed by `floatFeed`. */
export function floatInput(graph: Graph, name: string, shape: readonly number[]): { placeholder: Value; value: Value } {
  const placeholder = graph.placeholder(name, 'int32', shape);
  return { placeholder, value: bitcast(graph, placeholder, 'float32') };
}

/** Opens a graph with all its signatures. The caller closes the session; the folder is gone already. */
export function openGraph(graph: Graph): Promise<Session> {
  return inScratchFolder((folder) => {
    const shapes = Object.entries(graph.signatures).map(([name, { inputs }]) => [
      name,
      Object.fromEntries(Object.entries(inputs).map(([key, { shape }]) => [key, shape])),
    ]);
    return Session.open(writeSavedModel(graph, folder), Object.fromEntries(shapes));
  });
}

export interface TestInput {
  readonly values: Float32Array;
  readonly shape: readonly number[];
  /** What the graph is told; -1 leaves a size open. */
  readonly declared?: readonly number[];
}

/** Builds a graph over float32 inputs, runs it once and returns what `build` names. */
export async function evaluateGraph(
  inputs: readonly TestInput[],
  build: (graph: Graph, values: Value[]) => Record<string, Value>,
): Promise<Record<string, Float32Array>> {
  const graph = new Graph();
  const placed = inputs.map(({ shape, declared }, i) => floatInput(graph, `x${i}`, declared ?? shape));
  const outputs = build(graph, placed.map(({ value }) => value));
  graph.signature('run', Object.fromEntries(placed.map(({ placeholder }, i) => [`x${i}`, placeholder])), outputs);
  const session = await openGraph(graph);
  try {
    const feeds = Object.fromEntries(inputs.map(({ values, shape }, i) => [`x${i}`, floatFeed(values, shape)]));
    return session.call('run', feeds);
  } finally {
    session.close();
  }
}
