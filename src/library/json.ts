/**
 * JSON in which every number of JavaScript survives: NaN and the infinities are written as "NaN", "Infinity" and "-Infinity".
 * A text that is one of these words gets a backslash in front (and loses it when read), so that a run called "NaN" keeps its name.
 */
export function stringifyJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_key, entry: unknown) => (typeof entry === 'number' && !Number.isFinite(entry) ? new Special(entry) : encoded(entry)), indent);
}

/** Reads what `stringifyJson` wrote. Throws SyntaxError for anything that is not JSON. */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (_key, entry: unknown) => (typeof entry === 'string' ? decoded(entry) : entry)) as unknown;
}

const word = /^(NaN|Infinity|-Infinity)$/;
const escaped = /^\\+(NaN|Infinity|-Infinity)$/;

class Special {
  constructor(private readonly value: number) {}
  toJSON(): string {
    return String(this.value);
  }
}

const encoded = (entry: unknown) => (typeof entry === 'string' && (word.test(entry) || escaped.test(entry)) ? `\\${entry}` : entry);

function decoded(text: string): string | number {
  if (word.test(text)) return Number(text);
  return escaped.test(text) ? text.slice(1) : text;
}
