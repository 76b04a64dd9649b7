import { openRunWriter } from '../../src/library/runWriter';
import type { RunManifest } from '../../src/library/runManifest';
import type { Machine } from '../../src/contracts/machine';

/** The machine that `completeRun` pretends to have trained on. */
export const testMachine: Machine = { cpu: 'a processor, 2 cores', gpu: null, tensorflow: '2.21.0', threads: 2 };

/** Ends a waiting run as if it had been trained: one epoch event with the accuracy, and the surroundings of `testMachine`. */
export async function completeRun(library: string, runId: string, accuracy: number, change: Partial<NonNullable<RunManifest['environment']>> = {}, elapsedMs = 60_000): Promise<void> {
  const writer = await openRunWriter(library, runId, 'a test');
  const { epochs, batchSize } = writer.manifest.config.resolved;
  const [at, step, images] = [Date.now(), epochs * 3, 3 * batchSize];
  const score = { loss: 1, accuracy, images };
  await writer.append(
    { type: 'epoch', atMs: at, epoch: epochs, step, train: score, plainTrain: score, validation: { ...score, images: 10 }, trainMs: elapsedMs / epochs, evaluateMs: 1000, imagesPerSecond: 100, elapsedMs },
    { type: 'ended', atMs: at, outcome: 'completed', exit: { code: 0, signal: null }, error: null },
  );
  const now = new Date(at).toISOString();
  await writer.update({
    status: 'completed', startedAt: now, endedAt: now, summary: { epochsDone: epochs, step, lastValidation: { accuracy, epoch: epochs }, bestValidation: { accuracy, epoch: epochs }, validationCurve: [accuracy] },
    environment: {
      device: { kind: 'cpu', name: testMachine.cpu }, gpuNotUsed: null, intraOpThreads: testMachine.threads,
      versions: { cultivar: '0.1.0', tensorflow: testMachine.tensorflow, node: '20', electron: null, commit: null }, ...change,
    },
  });
  await writer.close();
}
