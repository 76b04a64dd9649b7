import { folded } from '../../../core/text/fold';

/** Text for comparing, with the place of each of its letters in the text as it is written. */
export interface Folded {
  readonly text: string;
  readonly at: readonly number[];
}

/** Letter by letter, so that each keeps its place. A half-width mark of voicing (ﾌﾞ) belongs to the letter before it. */
export function fold(written: string): Folded {
  let text = '';
  const at: number[] = [];
  let index = 0;
  for (const [letter] of written.matchAll(/.[\uFF9E\uFF9F]?/gsu)) {
    const plain = folded(letter);
    text += plain;
    for (let i = 0; i < plain.length; i++) at.push(index);
    index += letter.length;
  }
  return { text, at };
}

/** What was typed, word by word. */
export const words = (query: string): readonly string[] => fold(query).text.split(/\s+/).filter(Boolean);

/** From (inclusive) and to (exclusive), in the text as written. */
export type Range = readonly [from: number, to: number];
export interface Match {
  readonly score: number;
  readonly ranges: readonly Range[];
}

const isStart = (text: string, index: number) => index === 0 || /[^\p{L}\p{N}]/u.test(text[index - 1]!);

/** The best place of a word that stands there letter by letter: at the start, at the start of a word, or inside one. */
function standing(word: string, text: string): { score: number; from: number } | null {
  let best: { score: number; from: number } | null = null;
  for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + 1)) {
    const score = from === 0 ? 100 : isStart(text, from) ? 80 : 50;
    if (!best || score > best.score) best = { score, from };
  }
  return best;
}

/** Letters in their order with gaps, beginning at the start of a word: "nwexp" is in "New experiment". At most three letters are passed over for each that is found. */
function scattered(word: string, text: string): number[] | null {
  for (let from = text.indexOf(word[0]!); from >= 0; from = text.indexOf(word[0]!, from + 1)) {
    if (!isStart(text, from)) continue;
    const found = [from];
    for (const letter of word.slice(1)) {
      const next = text.indexOf(letter, found.at(-1)! + 1);
      if (next < 0) break;
      found.push(next);
    }
    if (found.length === word.length && found.at(-1)! - from < word.length * 4) return found;
  }
  return null;
}

/**
 * Whether every word is found in a label or in what else is known of it, and how well: higher is better. Ranges are of the label.
 * @param also folded text that is searched but not shown, or shown beside the label
 */
export function match(query: readonly string[], label: Folded, also = ''): Match | null {
  let score = 0;
  const ranges: Range[] = [];
  const written = (from: number, to: number): Range => [label.at[from]!, label.at[to] ?? Infinity];
  for (const word of query) {
    const place = standing(word, label.text);
    if (place) {
      score += place.score + 20 * (word.length / label.text.length);
      ranges.push(written(place.from, place.from + word.length));
      continue;
    }
    if (also.includes(word)) {
      score += 30;
      continue;
    }
    const letters = word.length < 3 ? null : scattered(word, label.text);
    if (!letters) return null;
    score += 10 * (word.length / (letters.at(-1)! - letters[0]! + 1));
    ranges.push(...letters.map((letter) => written(letter, letter + 1)));
  }
  return { score: query.length === 0 ? 0 : score / query.length, ranges: ranges.sort((a, b) => a[0] - b[0]) };
}

export interface Part {
  readonly text: string;
  readonly found: boolean;
}

/** A label cut where it was found. */
export function parts(label: string, ranges: readonly Range[]): readonly Part[] {
  const cut: Part[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    const [from, to] = [Math.max(at, start), Math.min(label.length, end)];
    if (from >= to) continue;
    const last = cut.at(-1);
    if (from === at && last?.found) cut[cut.length - 1] = { text: last.text + label.slice(from, to), found: true };
    else {
      if (from > at) cut.push({ text: label.slice(at, from), found: false });
      cut.push({ text: label.slice(from, to), found: true });
    }
    at = to;
  }
  if (at < label.length) cut.push({ text: label.slice(at), found: false });
  return cut;
}
