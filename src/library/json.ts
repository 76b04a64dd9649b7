/**
 * JSON in which no number is lost: NaN and the infinities are written as "NaN", "Infinity" and "-Infinity".
 * A text that is one of these words gets a backslash in front (and loses it when read), so that a run called "NaN" keeps its name.
 */
export function stringifyJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_key, entry: unknown) => {
    if (typeof entry === 'number' && !Number.isFinite(entry)) return String(entry);
    return typeof entry === 'string' && (word.test(entry) || escaped.test(entry)) ? `\\${entry}` : entry;
  }, indent);
}

/** Reads what `stringifyJson` wrote. Throws SyntaxError for anything that is not JSON. */
export function parseJson(text: string): unknown {
  // A function called for each value makes reading many times slower, and hardly any line has such a word.
  if (!anyWord.test(text)) return JSON.parse(text) as unknown;
  return JSON.parse(text, (_key, entry: unknown) => (typeof entry === 'string' ? decoded(entry) : entry)) as unknown;
}

const anyWord = /"\\*(NaN|Infinity|-Infinity)"/;
const word = /^(NaN|Infinity|-Infinity)$/;
const escaped = /^\\+(NaN|Infinity|-Infinity)$/;

function decoded(text: string): string | number {
  if (word.test(text)) return Number(text);
  return escaped.test(text) ? text.slice(1) : text;
}
