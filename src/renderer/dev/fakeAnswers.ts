import type { AugmentedPredictions, ExperimentCalls, StoredPredictions } from '../../contracts/calls/experiments';
import type { EmbeddingMap, ToolCalls } from '../../contracts/calls/tools';
import type { IpcPush, IpcPushes } from '../../contracts/ipc';
import { testTimeAugmentations, type TestTimeAugmentation } from '../../core/augmentation/testTime';
import { topAnswers } from '../../core/predictions/reading';

type Names = Extract<keyof ExperimentCalls, `predictions.${string}`> | Extract<keyof ToolCalls, `embeddings.${string}`>;
type Calls = Pick<ExperimentCalls & ToolCalls, Names>;
type Handlers = { [C in Names]: (...args: Calls[C]['args']) => Calls[C]['value'] | Promise<Calls[C]['value']> };

const images = 2000;
const epochs = 20;
const stepsPerEpoch = 352;
const draw = (i: number) => Math.abs((Math.sin(i * 78.233) * 43758.5453) % 1);

/** Answers to 80 images over and over, right in a share of cases that grows with the epoch. */
function predictions(runId: string, classes: readonly string[], right: number, shift = 0): StoredPredictions {
  const [labels, indices, probabilities] = [new Uint8Array(images), new Uint32Array(images), new Float32Array(images * classes.length)];
  const k = classes.length;
  for (let i = 0; i < images; i++) {
    const label = k === 10 ? Math.floor((i % 80) / 8) : Math.floor(draw(i + 3) * k);
    labels[i] = label;
    indices[i] = i % 80;
    const others = k === 10 ? [[8, 2], [9], [4, 6, 0], [5, 5, 6], [2, 7], [3, 3, 7], [3, 2], [5, 4], [0], [1]][label]! : [(label + 1) % k, (label + 7) % k, label ^ 1];
    const answer = draw(i) + shift * (draw(i + 11) - 0.4) < right ? label : others[Math.floor(draw(i + 0.5) * others.length)]! % k;
    // About as sure as right, then sharpened: surer than right, as trained networks are.
    const hit = answer === label;
    const top = hit ? Math.sqrt(0.25 + 0.74 * draw(i + 7)) : 1 - 0.5 * Math.sqrt(draw(i + 7));
    const next = hit ? others[0]! % k : label;
    const row = classes.map((_, c) => (c === answer ? top : (1 - top) * (c === next ? 0.9 : 0.1 / (k - 2))) ** 1.7);
    const sum = row.reduce((a, b) => a + b);
    row.forEach((p, c) => { probabilities[i * k + c] = p / sum; });
  }
  return { runId, split: 'validation', step: stepsPerEpoch * epochs, classes, dataRevision: 'a'.repeat(64), indices, labels, probabilities };
}

/** Predictions, answers after epochs, augmented ones and maps, some of which have to be made first. `many`: a hundred classes. */
export function fakeAnswerCalls(names: readonly string[], many: boolean, push: <P extends IpcPush>(name: P, payload: IpcPushes[P]) => void): Handlers {
  const classes = many ? Array.from({ length: 100 }, (_, i) => `${names[i % names.length]!} ${Math.floor(i / names.length) + 1}`) : names;
  const made = new Set<string>();
  const missing = (runId: string) => runId.endsWith('-1') && !made.has(runId);
  const plain = (runId: string) => predictions(runId, classes, 0.82);
  const augmented = (runId: string, kind: TestTimeAugmentation): AugmentedPredictions => ({ ...predictions(runId, classes, 0.82, 0.06), kind, msPerImage: { plain: 1.42, augmented: kind === 'flip' ? 2.61 : 8.3 } });
  let cancelled = false;
  async function work(steps: number, step: (done: number) => void): Promise<void> {
    cancelled = false;
    for (let done = 1; done <= steps; done++) {
      await new Promise<void>((resolve) => { setTimeout(resolve, 150); });
      if (cancelled) throw Object.assign(new Error('cancelled'), { code: 'tool-cancelled' });
      step(done);
    }
  }
  function map(runId: string, split: EmbeddingMap['split'], method: EmbeddingMap['method'], seed: number): EmbeddingMap {
    const { labels, indices, dataRevision, ...all } = plain(runId);
    const spread = method === 'umap' ? 1 : 2.2;
    const points = Float32Array.from({ length: 2 * images }, (_, i) => {
      const [image, angle] = [Math.floor(i / 2), (2 * Math.PI * labels[Math.floor(i / 2)]!) / classes.length];
      const [r, a] = [spread * Math.sqrt(-2 * Math.log(draw(image + 21) + 1e-9)), 2 * Math.PI * draw(image + 33)];
      return i % 2 === 0 ? 7 * Math.cos(angle) + r * Math.cos(a) : 7 * Math.sin(angle) + r * Math.sin(a);
    });
    return { runId, split, step: all.step, epochsDone: epochs, classes, dataRevision, method, seed, points, indices, splitImages: images, labels, predicted: Uint8Array.from(topAnswers({ ...all, labels }).answers), explainedVariance: method === 'pca' ? [0.34, 0.18] : null };
  }
  return {
    'predictions.kept': (runId) => ({ splits: missing(runId) ? [] : [{ split: 'validation', images, step: stepsPerEpoch * epochs }], epochs: runId.endsWith('-1') ? [] : Array.from({ length: epochs }, (_, i) => ({ epoch: i + 1, step: stepsPerEpoch * (i + 1) })) }),
    'predictions.get': (runId) => (missing(runId) ? null : plain(runId)),
    'predictions.augmented': (runId, _, kind) => (made.has(`${runId} ${kind}`) || (kind === testTimeAugmentations[1] && !missing(runId)) ? augmented(runId, kind) : null),
    'predictions.compute': async (runId, kind) => {
      await work(10, (done) => { push('predictions.progress', { runId, done: done * 200, images }); });
      made.add(runId).add(`${runId} ${kind}`);
      return { plain: plain(runId), augmented: kind && augmented(runId, kind) };
    },
    'predictions.epochImages': (runId) => plain(runId),
    'predictions.epoch': (runId, epoch) => ({ epoch, step: stepsPerEpoch * epoch, ...topAnswers(predictions(runId, classes, 0.25 + 0.57 * (1 - Math.exp(-epoch / 5)))) }),
    'predictions.missing': (ids) => ids.filter(missing),
    'predictions.cancel': () => { cancelled = true; return null; },
    'embeddings.kept': (runId, split, method, seed) => (method === 'umap' || made.has(`${runId} pca`) ? map(runId, split, method, seed) : null),
    'embeddings.map': async (runId, split, method, seed) => {
      await work(8, (done) => { push('embeddings.progress', { runId, done: Math.min(images, done * 500), images, mapped: done > 4 ? (done - 4) / 4 : null }); });
      made.add(`${runId} ${method}`);
      return map(runId, split, method, seed);
    },
  };
}
