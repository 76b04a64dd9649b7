import { checkpointSteps } from '../library/checkpoints';
import { openRunPredictor, type RunPredictor } from '../interchange/predict/runPredictor';

/** A process is kept so long after its last answer: people try one image after another. */
const idleMs = 60_000;

/** The one process that answers for a run's images; another run, or a newer checkpoint, takes its place. */
export class Predictors {
  private open: { readonly key: string; readonly predictor: Promise<RunPredictor> } | null = null;
  private timer: NodeJS.Timeout | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly library: string) {}

  /** Uses the run's predictor, one use after another. */
  use<T>(runId: string, work: (predictor: RunPredictor) => Promise<T>): Promise<T> {
    const turn = this.last.then(async () => {
      clearTimeout(this.timer);
      try {
        return await work(await this.of(runId));
      } catch (error) {
        await this.close();
        throw error;
      } finally {
        this.timer = setTimeout(() => void this.close(), idleMs);
        this.timer.unref();
      }
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async of(runId: string): Promise<RunPredictor> {
    const key = `${runId} ${(await checkpointSteps(this.library, runId)).at(-1) ?? ''}`;
    if (this.open?.key !== key) {
      await this.close();
      this.open = { key, predictor: openRunPredictor(this.library, runId) };
    }
    return this.open!.predictor;
  }

  private async close(): Promise<void> {
    const { open } = this;
    this.open = null;
    await (await open?.predictor.catch(() => null))?.close();
  }
}
