import type { RgbImage } from '../../core/images/resample';
import { toRgb } from '../../core/images/toRgb';
import type { ImportKind, Quarantined } from '../../contracts/importing';
import { EntryProblem } from '../problems';
import { spread, tally, type GivenSplit, type ImportSource, type SourceItem } from '../source';

/** Images of one size that lie one after another in a table, with their labels known. */
export interface PixelPart {
  /** What an image is called: `NAME[index]`. */
  readonly name: string;
  readonly split: GivenSplit;
  /** A class an image; what is beyond the classes is told image by image. */
  readonly labels: ArrayLike<number>;
  /** uint8 pixels of one image after another, as HWC. @param from images to pass over */
  rows(from: number): AsyncIterable<Uint8Array>;
}

interface TableOptions {
  readonly kind: ImportKind;
  readonly classes: readonly string[];
  readonly size: { readonly width: number; readonly height: number };
  readonly channels: 1 | 3 | 4;
  readonly parts: readonly PixelPart[];
  readonly ignored: number;
  readonly quarantined: readonly Quarantined[];
  readonly scaled?: boolean;
}

export function pixelTable({ kind, classes, size, channels, parts, ignored, quarantined, scaled }: TableOptions): ImportSource {
  const known = (label: number) => Number.isInteger(label) && label >= 0 && label < classes.length;
  const image = (pixels: Uint8Array): RgbImage => toRgb({ pixels: Uint8Array.from(pixels), ...size, channels, bits: 8 });
  const item = (part: PixelPart, index: number, pixels: Uint8Array): SourceItem => {
    const label = part.labels[index]!;
    return {
      name: `${part.name}[${index}]`, split: part.split, label: known(label) ? label : 0,
      content: known(label) ? { kind: 'pixels', image: image(pixels), grey: channels === 1, alpha: channels === 4 } : { kind: 'problem', problem: new EntryProblem('bad-row', `its label is ${label}, and there are ${classes.length} classes`) },
    };
  };
  const all = function* () {
    for (const { labels, split } of parts) for (let i = 0; i < labels.length; i++) yield { label: known(labels[i]!) ? labels[i]! : 0, split };
  };
  return {
    kind, classes, ignored, quarantined, size, encoded: false, scaled, ...tally(classes.length, all()),
    async *items(from) {
      let passed = 0;
      for (const part of parts) {
        const start = Math.min(part.labels.length, Math.max(0, from - passed));
        passed += part.labels.length;
        if (start === part.labels.length) continue;
        let index = start;
        for await (const pixels of part.rows(start)) {
          if (index === part.labels.length) break;
          yield item(part, index++, pixels);
        }
        // The table ended early: what it promised is told, and the other parts go on.
        for (; index < part.labels.length; index++) yield { name: `${part.name}[${index}]`, split: part.split, label: 0, content: { kind: 'problem', problem: new EntryProblem('truncated', 'the table was cut off before it') } };
      }
    },
    async *some(count) {
      // Of the first part alone: tables are read from their begin.
      const [part] = parts;
      if (!part) return;
      const wanted = new Set(spread(Math.min(part.labels.length, 600), count));
      let index = 0;
      for await (const pixels of part.rows(0)) {
        if (wanted.has(index)) yield item(part, index, pixels);
        if (++index >= Math.min(part.labels.length, 600)) return;
      }
    },
  };
}

/** Pieces of a file as rows of equal length; an incomplete last one is left out. @param skip bytes before the first row */
export async function* rowsOf(pieces: AsyncIterable<Uint8Array>, rowBytes: number, skip: number): AsyncGenerator<Uint8Array> {
  let rest = new Uint8Array(0);
  let toSkip = skip;
  for await (const piece of pieces) {
    let own = piece;
    if (toSkip > 0) {
      const passed = Math.min(toSkip, own.length);
      toSkip -= passed;
      own = own.subarray(passed);
      if (own.length === 0) continue;
    }
    if (rest.length > 0) {
      const joined = new Uint8Array(rest.length + own.length);
      joined.set(rest);
      joined.set(own, rest.length);
      own = joined;
    }
    let at = 0;
    for (; at + rowBytes <= own.length; at += rowBytes) yield own.subarray(at, at + rowBytes);
    rest = own.slice(at);
  }
}
