/** What a person typed as a number: null when empty, the text itself when it is none. Full-width digits (IME) are read as digits. */
export function parseNumber(text: string): number | string | null {
  const plain = text.normalize('NFKC').replace(/[−ー]/g, '-').replaceAll(',', '').trim();
  if (plain === '') return null;
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : text;
}

/** Adds a step without the digits that binary fractions leave behind (0.1 + 0.2). */
export function stepNumber(value: number, step: number): number {
  return Number((value + step).toPrecision(12));
}
