/** About how wide a text is at 12 pixels: wide letters (Japanese, Chinese, Korean) a whole em, others 0.56. Layout only. */
export function textWidth(text: string, size = 12): number {
  let ems = 0;
  for (const character of text) ems += /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/.test(character) ? 1 : 0.56;
  return ems * size;
}

/** Cut to a width, with an ellipsis. */
export function fitted(text: string, width: number, size = 12): string {
  if (textWidth(text, size) <= width) return text;
  let cut = [...text];
  while (cut.length > 1 && textWidth(`${cut.join('')}…`, size) > width) cut = cut.slice(0, -1);
  return `${cut.join('')}…`;
}
