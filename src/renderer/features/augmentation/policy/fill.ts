/** "0", "125, 123, 114": a grey level, or red, green and blue. */
export const fillText = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));

/** The value of such a text; the text itself where it is none, for the schema to refuse. */
export function fillOf(text: string): unknown {
  const parts = text.normalize('NFKC').split(/[,、\s]+/).filter((part) => part !== '');
  const numbers = parts.map(Number);
  if (parts.length === 0 || !numbers.every(Number.isInteger)) return text;
  return numbers.length === 1 ? numbers[0] : numbers;
}
