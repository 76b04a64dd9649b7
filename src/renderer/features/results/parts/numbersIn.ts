import type { Contrast } from '../../../../core/judgement/comparison';
import { decimal } from '../../../../core/text/format';

export interface SentencePart {
  readonly text: string;
  /** The contrast whose difference this is; null for words. */
  readonly id: string | null;
}

/** Finds the differences of contrasts in a sentence, each once, in the order of the contrasts; a sign before one belongs to it. */
export function numbersIn(sentence: string, contrasts: readonly Pick<Contrast, 'id' | 'differencePoints'>[]): SentencePart[] {
  const found: { from: number; to: number; id: string }[] = [];
  for (const { id, differencePoints } of contrasts) {
    if (differencePoints === null) continue;
    const digits = decimal(Math.abs(differencePoints), 2);
    let at = sentence.indexOf(digits);
    while (at >= 0 && (found.some(({ from, to }) => at < to && at + digits.length > from) || isDigit(sentence[at - 1]) || isDigit(sentence[at + digits.length]))) at = sentence.indexOf(digits, at + 1);
    if (at < 0) continue;
    const from = '+−'.includes(sentence[at - 1] ?? ' ') ? at - 1 : at;
    found.push({ from, to: at + digits.length, id });
  }
  found.sort((a, b) => a.from - b.from);
  const parts: SentencePart[] = [];
  let done = 0;
  for (const { from, to, id } of found) {
    if (from > done) parts.push({ text: sentence.slice(done, from), id: null });
    parts.push({ text: sentence.slice(from, to), id });
    done = to;
  }
  if (done < sentence.length) parts.push({ text: sentence.slice(done), id: null });
  return parts;
}

const isDigit = (character: string | undefined) => character !== undefined && /[\d.,]/.test(character) && /\d/.test(character);
