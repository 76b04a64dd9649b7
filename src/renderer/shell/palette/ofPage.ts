import type { Entry } from './entry';

/** What the page that is open offers to do: its own buttons, by their names. Read when the palette opens, pressed when one is chosen. */
export function entriesOfPage(): readonly Entry[] {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('header.toolbar .actions button, main button.btn')];
  const byName = new Map<string, Entry>();
  for (const button of buttons) {
    const name = (button.getAttribute('aria-label') ?? button.querySelector('.face > span')?.textContent ?? button.textContent).trim();
    if (name === '' || byName.has(name) || button.disabled || button.offsetParent === null) continue;
    byName.set(name, { id: `here-${button.dataset['testid'] ?? name}`, group: 'here', icon: 'right', label: name, keys: button.querySelector('kbd')?.textContent, run: () => { button.click(); } });
  }
  return [...byName.values()];
}
