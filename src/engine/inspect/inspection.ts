import { rmSync } from 'node:fs';
import { writeSavedModel } from '../graph/savedModel';
import { Session, type Feed } from '../backend';
import { batchFeeds } from '../step/input';
import type { NetworkSpec, StateTensor } from '../step/spec';
import { stateFeeds } from '../step/state';
import { buildInspection, inspectedSpecs } from './buildInspection';

/** A trained network to look into. Images are uint8 NHWC, `count` of them. Its calls block the thread. */
export interface Inspection {
  /** Numbers that the classifier sees of an image. */
  readonly featureCount: number;
  /** Height and width of the last maps. */
  readonly mapSize: readonly [number, number];
  /** @returns [count, classes] */
  logits(pixels: Uint8Array, count: number): Float32Array;
  /** @returns logits [count, classes]; features [count, featureCount], of the penultimate layer */
  features(pixels: Uint8Array, count: number): { logits: Float32Array; features: Float32Array };
  /** @param classes whose logit is explained, one an image. @returns logits; maps [count, height, width], Grad-CAM's, not negative */
  gradCam(pixels: Uint8Array, classes: Int32Array): { logits: Float32Array; maps: Float32Array };
  /** Frees the session and the graph's folder. Safe to repeat. */
  close(): void;
}

/**
 * Opens a network with given weights on the CPU.
 * @param weights its parameters and running statistics; others' state is not wanted
 * @param folder where a folder for the graph is made; it goes away with `close`
 * @throws CultivarError runtime-missing, runtime-unloadable, out-of-memory; checkpoint-damaged where the weights do not fit
 */
export async function openInspection(spec: NetworkSpec, weights: readonly StateTensor[], folder: string): Promise<Inspection> {
  const { graph, featureCount, mapSize } = buildInspection(spec, 'native');
  const graphFolder = writeSavedModel(graph, folder);
  const shapes = Object.entries(graph.signatures).map(([name, { inputs }]) => [name, Object.fromEntries(Object.entries(inputs).map(([key, { shape }]) => [key, shape]))]);
  const gone = () => { rmSync(graphFolder, { recursive: true, force: true }); };
  const session = await Session.open(graphFolder, Object.fromEntries(shapes)).catch((error: unknown) => {
    gone();
    throw error;
  });
  const inspection = opened(session, spec, { featureCount, mapSize }, gone);
  try {
    session.call('write', stateFeeds(inspectedSpecs(spec), weights).feeds);
    return inspection;
  } catch (error) {
    inspection.close();
    throw error;
  }
}

function opened(session: Session, spec: NetworkSpec, sizes: Pick<Inspection, 'featureCount' | 'mapSize'>, gone: () => void): Inspection {
  // Labels are checked with the pixels; where nothing is asked of a class they are not fed.
  const feed = (pixels: Uint8Array, count: number): { pixels: Feed } => ({ pixels: batchFeeds(spec, { pixels, labels: new Int32Array(count) }).pixels });
  return {
    ...sizes,
    logits: (pixels, count) => session.call('logits', feed(pixels, count))['logits']!,
    features: (pixels, count) => {
      const { logits, features } = session.call('features', feed(pixels, count));
      return { logits: logits!, features: features! };
    },
    gradCam: (pixels, classes) => {
      const { logits, maps } = session.call('gradCam', batchFeeds(spec, { pixels, labels: classes }));
      return { logits: logits!, maps: maps! };
    },
    close: () => {
      session.close();
      gone();
    },
  };
}
