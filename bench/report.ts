import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import type { Timing } from './measure';

export interface Row {
  readonly stem: string;
  readonly batchSize: number;
  readonly precision: string;
  readonly rounds: number;
  readonly flopsPerImage: number;
  readonly engine: Timing;
  /** PyTorch, and tfjs layers; null where they did not run. */
  readonly eager: Timing | null;
  readonly compile: Timing | null;
  readonly tfjs: Timing | null;
  readonly peak: Timing & { readonly flops: number };
}

const rate = (count: number, ms: number) => (1000 * count) / ms;
const short = (value: number) => (value < 100 ? value.toFixed(1) : value.toFixed(0));

/** The table: medians, with the best of all rounds in brackets. Ratios are of medians; a share of the peak is of the best step in the best product. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ stem, batchSize, precision, rounds, flopsPerImage, engine, eager, compile, tfjs, peak }) => {
    const images = (timing: Timing | null) => (timing ? `${short(rate(batchSize, timing.medianMs))} (${short(rate(batchSize, timing.bestMs))})` : '–');
    const gflops = rate(peak.flops, peak.bestMs) / 1e9;
    const limit = (gflops * 1e9) / flopsPerImage;
    const share = (timing: Timing | null) => (timing ? `${((100 * rate(batchSize, timing.bestMs)) / limit).toFixed(0)} %` : '–');
    const other = [eager, compile].filter((timing) => timing !== null).toSorted((a, b) => a.medianMs - b.medianMs)[0] ?? null;
    const frugal = [eager, compile].filter((timing) => timing !== null).toSorted((a, b) => a.processorMs - b.processorMs)[0];
    return [
      `${stem}, ${batchSize}, ${precision}`, images(engine), images(eager), images(compile), other ? `${(other.medianMs / engine.medianMs).toFixed(2)} ×` : '–', frugal ? `${frugal.processorMs.toFixed(0)} / ${engine.processorMs.toFixed(0)} = ${(frugal.processorMs / engine.processorMs).toFixed(2)} ×` : '–',
      ...(tfjs ? [`${images(tfjs)}`] : rows.some((row) => row.tfjs) ? ['–'] : []),
      `${short(gflops)} GFLOP/s`, short(limit), share(engine), share(other), rounds,
    ].join(' | ');
  });
  const head = [
    'ResNet50, 32×32: stem, batch, precision', 'engine, images/s', 'PyTorch eager', 'PyTorch compiled', 'engine / best PyTorch', 'processor ms a step, PyTorch / engine', ...(rows.some((row) => row.tfjs) ? ['tfjs layers'] : []),
    'matrix-product peak', 'limit by peak, images/s', 'engine of limit', 'PyTorch of limit', 'rounds',
  ];
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---|').join('')}`, ...lines.map((line) => `| ${line} |`)].join('\n');
}

/** Work that waits for a core now, by the kernel's average over a minute. Other programs make every figure worse. */
export const currentLoad = (): number => loadavg()[0]!;

/**
 * The machine and how the table was made.
 * @param load `currentLoad()` before the start
 */
export function description(versions: string, device: string, command: string, load: number): string {
  const [cpu] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)} with \`${command}\`: ${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${memory} GiB,`,
    `Linux ${release()}, Node ${process.versions.node}, ${versions} on the ${device.toUpperCase()}. Medians of interleaved rounds, the best in brackets;`,
    `the peak is that of large square matrix products of the same precision, their best. Load average at the start: ${load.toFixed(1)}.`,
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
