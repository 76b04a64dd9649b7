/**
 * The classes that take part in most mistakes, as what is taken for another or what others are taken for; of equal ones the earlier.
 * @param confusion images by true class and answer
 * @param always classes that are among them whatever they do
 * @returns at most `count` indices (more only where `always` has more), ascending
 */
export function mostMistaken(confusion: readonly (readonly number[])[], count: number, always: readonly number[] = []): number[] {
  const mistakes = confusion.map(() => 0);
  confusion.forEach((row, label) => { row.forEach((images, answer) => { if (label !== answer && images > 0) { mistakes[label]! += images; mistakes[answer]! += images; } }); });
  const chosen = new Set(always);
  const order = mistakes.map((_, label) => label).sort((a, b) => mistakes[b]! - mistakes[a]! || a - b);
  for (const label of order) {
    if (chosen.size >= count) break;
    chosen.add(label);
  }
  return [...chosen].sort((a, b) => a - b);
}
