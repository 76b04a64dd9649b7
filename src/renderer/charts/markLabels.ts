import type { ChartMark } from './series';

/** At 11 px. Japanese characters are as wide as they are high; half of that is a Latin one. */
const characterPx = (character: string) => (character > '\u2e7f' ? 11 : 6);
const mostCharacters = 24;
const textPx = (text: string) => Array.from(text).reduce((sum, character) => sum + characterPx(character), 0);

/**
 * What stands at each mark: its label, cut where it is long, or nothing where it would run into the one before it. The line is there all
 * the same, and the log has the whole text.
 * @param width of the plot in pixels
 */
export function markLabels(marks: readonly ChartMark[], [from, to]: readonly [number, number], width: number): string[] {
  const left = (x: number) => ((x - from) / (to - from)) * width;
  const labels = marks.map(() => '');
  let free = -Infinity;
  for (const at of marks.map((_, i) => i).sort((a, b) => marks[a]!.x - marks[b]!.x)) {
    const mark = marks[at]!;
    if (mark.label === '' || mark.x < from || mark.x > to || left(mark.x) < free) continue;
    const characters = Array.from(mark.label.replace(/\s+/g, ' '));
    const text = characters.length > mostCharacters ? `${characters.slice(0, mostCharacters - 1).join('')}…` : characters.join('');
    labels[at] = text;
    free = left(mark.x) + textPx(text) + 12;
  }
  return labels;
}

/** Whether a label of these marks reaches from the left over this place of the plot, where other words would run into it. */
export function isUnderLabel(at: number, marks: readonly ChartMark[], range: readonly [number, number], width: number): boolean {
  const [from, to] = range;
  return markLabels(marks, range, width).some((text, i) => text !== '' && ((marks[i]!.x - from) / (to - from)) * width + textPx(text) >= at);
}
