/** True while an input method composes: the Enter that confirms a conversion must do nothing else (keyCode 229 on older paths). */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

/** True where typing goes into a field: single letters are text there, not commands. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type);
}

/** True where Space and Enter have a meaning of their own: they press what has the focus. */
export const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a[href], summary, [role="radio"], [role="checkbox"], [role="slider"], [role="combobox"]') !== null;

/** "Ctrl+Enter", "Ctrl+1", "?", "F5": the name of a key press, with Cmd standing in for Ctrl. */
export function keyName(event: KeyboardEvent): string {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return [...parts, key].join('+');
}
