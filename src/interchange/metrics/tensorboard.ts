import { PNG } from 'pngjs';
import { causesOf } from '../../core/config/diff';
import type { RunConfig } from '../../core/config/run';
import { readFirstBatch } from '../../library/checkpoints';
import { flatConfig, measuredFigures, type RunMetrics } from './runMetrics';
import { fileVersion, image, scalar, sessionEnd, sessionStart, summaryRecord } from './tensorboardEvents';

/** Pieces of a run's event file, in order. */
export async function* tensorboardEvents(library: string, { manifest, view }: RunMetrics): AsyncGenerator<Uint8Array> {
  const startMs = Date.parse(manifest.startedAt ?? manifest.createdAt);
  // Steps know the time that was trained, not the clock: TensorBoard's relative times are then those of the training.
  const seconds = (elapsedMs: number) => (startMs + elapsedMs) / 1000;
  yield fileVersion(seconds(0));
  const { schemaVersion: _, ...causes } = causesOf(manifest.config.resolved) as RunConfig;
  yield summaryRecord(seconds(0), 0, [sessionStart(flatConfig(causes as RunConfig), manifest.experimentId ?? manifest.id, seconds(0))]);
  const batch = manifest.startedAt === null ? null : await readFirstBatch(library, manifest.id);
  if (batch) yield summaryRecord(seconds(0), 1, firstImages(batch).map((png, i) => image(`firstBatch/image/${i}`, png, batch.height, batch.width)));
  const column = (name: 'step' | 'loss' | 'accuracy' | 'learningRate' | 'elapsedMs') => view.steps.column(name);
  const [step, loss, accuracy, rate, elapsed] = [column('step'), column('loss'), column('accuracy'), column('learningRate'), column('elapsedMs')];
  for (let i = 0; i < step.length; i++) {
    yield summaryRecord(seconds(elapsed[i]!), step[i]!, [scalar('step/loss', loss[i]!), scalar('step/accuracy', accuracy[i]!), scalar('step/learningRate', rate[i]!)]);
  }
  for (const epoch of view.epochs) {
    yield summaryRecord(seconds(epoch.elapsedMs), epoch.step, measuredFigures(epoch).map(([name, value]) => scalar(`epoch/${name}`, value)));
  }
  const endMs = manifest.endedAt === null ? null : Date.parse(manifest.endedAt);
  if (endMs !== null) yield summaryRecord(endMs / 1000, view.step, [sessionEnd(manifest.status === 'completed', endMs / 1000)]);
}

const mostImages = 16;

/** The first images of the batch of step 1, as fed, as PNG. */
function firstImages({ width, height, pixels, labels }: { width: number; height: number; pixels: Uint8Array; labels: readonly number[] }): Buffer[] {
  const bytes = width * height * 3;
  return labels.slice(0, mostImages).map((_, i) => {
    const png = new PNG({ width, height });
    for (let at = 0; at < width * height; at++) {
      png.data.set(pixels.subarray(i * bytes + at * 3, i * bytes + at * 3 + 3), at * 4);
      png.data[at * 4 + 3] = 255;
    }
    return PNG.sync.write(png, { colorType: 2 });
  });
}
