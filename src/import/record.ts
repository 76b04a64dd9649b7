import type { ImportContainer, ImportOptions, ImportRecord, ImportWarning } from '../contracts/importing';
import type { ImportSource } from './source';
import { flags, formatCodes, readRecord } from './staging';

/** `records.part`: `recordBytes` an image. */
export type Records = Buffer;

interface Origin {
  readonly source: ImportSource;
  readonly container: ImportContainer;
  readonly options: ImportOptions;
  readonly quarantined: number;
}

/** What is known of the images that came in, counted from their records. */
export function recordOf(records: Records, order: Uint32Array, train: number, { source, container, options, quarantined }: Origin): ImportRecord {
  const images = order.length;
  const counts = { train: source.classes.map(() => 0), test: source.classes.map(() => 0) };
  const formats = new Map<number, number>();
  const [widths, heights] = [new Uint32Array(images), new Uint32Array(images)];
  const distinct = new Set<number>();
  const flagged = { grey: 0, alpha: 0, turned: 0, resampled: 0 };
  order.forEach((index, i) => {
    const record = readRecord(records, index);
    counts[i < train ? 'train' : 'test'][record.label]! += 1;
    formats.set(record.format, (formats.get(record.format) ?? 0) + 1);
    for (const name of Object.keys(flagged) as (keyof typeof flagged)[]) if ((record.flags & flags[name]) !== 0) flagged[name] += 1;
    widths[i] = record.width;
    heights[i] = record.height;
    distinct.add(widths[i]! * 1_000_000 + heights[i]!);
  });
  const range = (sizes: Uint32Array) => {
    sizes.sort();
    return { least: sizes[0]!, median: sizes[Math.floor((images - 1) / 2)]!, most: sizes.at(-1)! };
  };
  return {
    kind: source.kind, container, fit: options.fit, resampled: flagged.resampled, testPercent: options.testPercent, seed: options.seed, validation: options.validation,
    quarantined, classCounts: counts, sizes: { distinct: distinct.size, width: range(widths), height: range(heights) },
    formats: Object.fromEntries([...formats].sort(([a], [b]) => a - b).map(([code, count]) => [formatCodes[code]!, count])),
    grey: flagged.grey, transparent: flagged.alpha, turned: flagged.turned, warnings: [],
  };
}

/** A class of fewer training images than this can hardly be learned, or measured. */
const fewImages = 20;

/** What a person should know before training on it. */
export function warningsOf(record: ImportRecord, { source, side, drawn, leftOut }: { source: ImportSource; side: number; drawn: number; leftOut: number }): ImportWarning[] {
  const found: ImportWarning[] = [];
  const warn = (code: ImportWarning['code'], count: number, subject: string | null = null) => { if (count > 0) found.push({ code, count, subject }); };
  const { train, test } = record.classCounts;
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const images = total(train) + total(test);
  warn('quarantined', record.quarantined);
  if (record.validation === 'pool') warn('validation-joined', source.counts.validation);
  warn('validation-left-out', leftOut);
  warn('test-drawn', drawn);
  if (total(test) === 0) warn('no-test', 1);
  train.forEach((count, i) => { if (count < fewImages) found.push({ code: 'class-small', count, subject: source.classes[i]! }); });
  if (total(test) > 0) test.forEach((count, i) => { if (count === 0 && train[i]! > 0) found.push({ code: 'class-missing-in-test', count: train[i]!, subject: source.classes[i]! }); });
  const [least, most] = [Math.min(...train), Math.max(...train)];
  if (least > 0 && most >= 3 * least) found.push({ code: 'imbalance', count: Math.round(most / least), subject: source.classes[train.indexOf(most)]! });
  warn('grey', record.grey);
  warn('transparent', record.transparent);
  warn('turned', record.turned);
  if (record.sizes.distinct > 1) warn('many-sizes', record.sizes.distinct);
  if (Math.max(record.sizes.width.median, record.sizes.height.median) < side) warn('enlarged', images);
  if (source.scaled) warn('float-scaled', images);
  warn('not-images', source.ignored);
  return found;
}
