import { CultivarError, type ErrorCode } from '../../contracts/errors';
import type { ServedModel, TrainerCommand } from '../../contracts/trainer';
import { nativeHost, runEnvironment } from './nativeHost';
import { startTrainer } from './trainerProcess';

/** A model in a trainer process of its own that answers for logits. */
export interface LogitsProcess {
  readonly tensorflowVersion: string;
  /** @param pixels uint8 NHWC, `count` images. @returns [count, classes] */
  logits(pixels: Uint8Array, count: number): Promise<Float32Array>;
  /** Grad-CAM of a class an image; a SavedModel has none. @returns logits [count, classes]; maps [count, height, width], not negative */
  explain(pixels: Uint8Array, classes: Int32Array): Promise<Explained>;
  /** Ends the process. Safe to repeat. */
  close(): Promise<void>;
}

export interface Explained {
  readonly logits: Float32Array;
  readonly maps: Float32Array;
  readonly mapSize: readonly [number, number];
}

type Waiting = { readonly resolve: (answer: Explained) => void; readonly reject: (error: unknown) => void };
const noMaps = { maps: new Float32Array(), mapSize: [0, 0] } as const;

/**
 * Starts a trainer process on the CPU with a model. It ends with this process.
 * @throws CultivarError why the model cannot be opened, or trainer-crashed
 */
export async function openLogitsProcess(model: ServedModel): Promise<LogitsProcess> {
  const host = await nativeHost();
  const waiting = new Map<number, Waiting>();
  const answered = (id: number, answer: Explained) => {
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  };
  let [nextId, failure]: [number, CultivarError | null] = [0, null];
  let opened: (version: string) => void = () => undefined;
  const open = new Promise<string>((resolve) => { opened = resolve; });
  const trainer = startTrainer({ type: 'serve', model }, runEnvironment(host, { device: 'cpu', intraOpThreads: null, xla: false }), {
    serving: opened,
    inferred: (id, logits) => { answered(id, { logits, ...noMaps }); },
    explained: (id, logits, maps, mapSize) => { answered(id, { logits, maps, mapSize }); },
  });
  const ended = trainer.ended.then(({ error }) => {
    failure = asError(error);
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
    return failure;
  });
  const tensorflowVersion = await Promise.race([open, ended]);
  if (typeof tensorflowVersion !== 'string') throw tensorflowVersion;
  const request = (command: (id: number) => TrainerCommand) => new Promise<Explained>((resolve, reject) => {
    if (failure) return reject(failure);
    const id = nextId++;
    waiting.set(id, { resolve, reject });
    trainer.send(command(id));
  });
  return {
    tensorflowVersion,
    logits: async (pixels, count) => (await request((id) => ({ type: 'infer', id, pixels, count }))).logits,
    explain: (pixels, classes) => request((id) => ({ type: 'explain', id, pixels, classes })),
    close: async () => {
      trainer.stop();
      await ended;
    },
  };
}

const asError = (error: { readonly code: string; readonly message: string } | null): CultivarError =>
  new CultivarError(error ? { ...error, code: error.code as ErrorCode } : { code: 'trainer-crashed', message: 'The process that computes the logits has ended.' });
