import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import type { Timing } from './measure';

export interface Row {
  readonly stem: string;
  readonly batchSize: number;
  readonly rounds: number;
  readonly flopsPerImage: number;
  readonly engine: Timing;
  readonly eager: Timing;
  readonly peak: Timing & { readonly flops: number };
}

const rate = (count: number, ms: number) => (1000 * count) / ms;
const short = (value: number) => (value < 100 ? value.toFixed(1) : value.toFixed(0));

/** The table: medians, with the best of all rounds in brackets. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ stem, batchSize, rounds, flopsPerImage, engine, eager, peak }) => {
    const images = ({ medianMs, bestMs }: Timing) => `${short(rate(batchSize, medianMs))} (${short(rate(batchSize, bestMs))})`;
    const gflops = rate(peak.flops, peak.bestMs) / 1e9;
    const limit = (gflops * 1e9) / flopsPerImage;
    return [
      `${stem}, ${batchSize}`,
      images(engine),
      images(eager),
      `${(eager.medianMs / engine.medianMs).toFixed(1)} ×`,
      `${short(gflops)} GFLOP/s`,
      `${(flopsPerImage / 1e9).toFixed(2)}`,
      short(limit),
      `${((100 * rate(batchSize, engine.bestMs)) / limit).toFixed(0)} %`,
      rounds,
    ].join(' | ');
  });
  return [
    '| ResNet50, 32×32, float32: stem, batch | engine, images/s | tfjs layers, eager, images/s | engine / eager | matrix-product peak | GFLOP an image | limit by peak, images/s | engine of limit | rounds |',
    '|---|---|---|---|---|---|---|---|---|',
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
}

/** Work that waits for a core now, by the kernel's average over a minute. Other programs make every figure worse. */
export const currentLoad = (): number => loadavg()[0]!;

/**
 * The machine and how the table was made.
 * @param load `currentLoad()` before the start
 */
export function description(tensorflowVersion: string, device: string, command: string, load: number): string {
  const [cpu] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)} with \`${command}\`: ${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${memory} GiB,`,
    `Linux ${release()}, Node ${process.versions.node}, TensorFlow ${tensorflowVersion} on the ${device.toUpperCase()}. Medians of interleaved rounds, the best in brackets;`,
    `the peak is that of a 2048 × 2048 float32 matrix product, its best. Load average at the start: ${load.toFixed(1)}.`,
  ].join('\n');
}

const [begin, end] = ['<!-- npm run bench: begin -->', '<!-- npm run bench: end -->'];

/** Puts the text between its marks in the file, at the end where there are none yet. */
export function writeIntoDocument(path: string, text: string): void {
  const old = existsSync(path) ? readFileSync(path, 'utf8') : '# Performance\n';
  const section = `${begin}\n${text}\n${end}`;
  const [from, to] = [old.indexOf(begin), old.indexOf(end)];
  writeFileSync(path, from >= 0 && to > from ? old.slice(0, from) + section + old.slice(to + end.length) : `${old.trimEnd()}\n\n${section}\n`);
}
