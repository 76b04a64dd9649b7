import { CultivarError, type ErrorCode } from '../../contracts/errors';
import type { ServedModel } from '../../contracts/trainer';
import { nativeHost, runEnvironment } from './nativeHost';
import { startTrainer } from './trainerProcess';

/** A model in a trainer process of its own that answers for logits. */
export interface LogitsProcess {
  readonly tensorflowVersion: string;
  /** @param pixels uint8 NHWC, `count` images. @returns [count, classes] */
  logits(pixels: Uint8Array, count: number): Promise<Float32Array>;
  /** Ends the process. Safe to repeat. */
  close(): Promise<void>;
}

type Waiting = { readonly resolve: (logits: Float32Array) => void; readonly reject: (error: unknown) => void };

/**
 * Starts a trainer process on the CPU with a model. It ends with this process.
 * @throws CultivarError why the model cannot be opened, or trainer-crashed
 */
export async function openLogitsProcess(model: ServedModel): Promise<LogitsProcess> {
  const host = await nativeHost();
  const waiting = new Map<number, Waiting>();
  let [nextId, failure]: [number, CultivarError | null] = [0, null];
  let opened: (version: string) => void = () => undefined;
  const open = new Promise<string>((resolve) => { opened = resolve; });
  const trainer = startTrainer({ type: 'serve', model }, runEnvironment(host, { device: 'cpu', intraOpThreads: null }), {
    serving: opened,
    inferred: (id, logits) => {
      waiting.get(id)?.resolve(logits);
      waiting.delete(id);
    },
  });
  const ended = trainer.ended.then(({ error }) => {
    failure = asError(error);
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
    return failure;
  });
  const tensorflowVersion = await Promise.race([open, ended]);
  if (typeof tensorflowVersion !== 'string') throw tensorflowVersion;
  return {
    tensorflowVersion,
    logits: (pixels, count) => new Promise((resolve, reject) => {
      if (failure) return reject(failure);
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      trainer.send({ type: 'infer', id, pixels, count });
    }),
    close: async () => {
      trainer.stop();
      await ended;
    },
  };
}

const asError = (error: { readonly code: string; readonly message: string } | null): CultivarError =>
  new CultivarError(error ? { ...error, code: error.code as ErrorCode } : { code: 'trainer-crashed', message: 'The process that computes the logits has ended.' });
