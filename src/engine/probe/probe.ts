import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CultivarError } from '../../contracts/errors';
import { isUsingGpuDevice, loadTensorFlow, Session, tensorFlowVersion, type Fetched } from '../backend';
import { writeSavedModel } from '../graph/savedModel';
import { expectation } from './expectation';
import { data, learningRate, tinyStep } from './tinyStep';

export interface ProbeReport {
  readonly ok: boolean;
  readonly device: 'cpu' | 'gpu';
  readonly tensorflowVersion: string;
  /** Loading the native runtime. */
  readonly loadMs: number;
  /** The first step; on a new card it includes making its code. */
  readonly firstStepMs: number;
  /** A step after that. */
  readonly stepMs: number;
  /** Largest deviation of loss and gradient from plain TypeScript's, relative to the largest gradient (or the loss). */
  readonly deviation: number;
  readonly allowedDeviation: number;
}

/** float32, and on a GPU TF32, which multiplies with ten bits. */
const allowed = { cpu: 1e-4, gpu: 2e-2 } as const;

/**
 * Loads the native runtime and runs one small real step on it: a device that registers proves no kernel.
 * @throws CultivarError where loading or a call fails
 */
export async function probe(): Promise<ProbeReport> {
  const loading = performance.now();
  const tf = loadTensorFlow();
  const loadMs = performance.now() - loading;
  const device = isUsingGpuDevice(tf) ? 'gpu' : 'cpu';

  const scratch = mkdtempSync(join(tmpdir(), 'cultivar-probe-'));
  try {
    const session = await Session.open(writeSavedModel(tinyStep(), scratch), {
      train: { pixels: [data.pixels.length / 4] },
      read: {},
      reset: {},
    });
    const pixels = { data: new Int32Array(data.pixels.buffer), shape: [data.pixels.length / 4] };
    const timed = () => {
      session.call('reset', {});
      const started = performance.now();
      const { loss } = session.call('train', { pixels });
      return { ms: performance.now() - started, loss: loss![0]!, filter: session.call('read', {})['filter']! };
    };
    const first = timed();
    const second = timed();
    session.close();
    const deviation = Math.max(deviationOf(first.loss, first.filter), deviationOf(second.loss, second.filter));
    return {
      ok: deviation <= allowed[device],
      device,
      tensorflowVersion: tensorFlowVersion(tf),
      loadMs: Math.round(loadMs),
      firstStepMs: first.ms,
      stepMs: second.ms,
      deviation,
      allowedDeviation: allowed[device],
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Infinity for a result that is no number. */
function deviationOf(loss: number, filter: Fetched): number {
  const wanted = expectation();
  const largest = Math.max(...wanted.gradient.map(Math.abs));
  const worst = Math.max(
    Math.abs(loss - wanted.loss) / Math.abs(wanted.loss),
    ...wanted.gradient.map((value, i) => Math.abs((data.filter1[i]! - filter[i]!) / learningRate - value) / largest),
  );
  return Number.isFinite(worst) ? worst : Infinity;
}

/** What is wrong with a report, as an error; null where nothing is. */
export function probeFailure({ ok, device, deviation, allowedDeviation }: ProbeReport): CultivarError | null {
  if (ok) return null;
  return new CultivarError({
    code: 'probe-failed',
    message: `The test step ran on the ${device.toUpperCase()}, but its results are wrong: they deviate by ${deviation}, ${allowedDeviation} is allowed.`,
  });
}
