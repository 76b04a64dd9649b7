/** F6: focus moves from the sidebar to the toolbar, the content and the details pane, and around. */
export function focusNextPane(): void {
  const panes = [...document.querySelectorAll<HTMLElement>('nav.sidebar, header.toolbar, main, main aside')];
  const inside = panes.filter((pane) => pane.contains(document.activeElement)).at(-1);
  const first = (pane: HTMLElement) => (pane.tagName === 'MAIN' ? pane : pane.querySelector<HTMLElement>('a[href], button:not(:disabled), input, [tabindex="0"]'));
  const start = inside ? panes.indexOf(inside) + 1 : 2;
  for (let i = 0; i < panes.length; i++) {
    const target = first(panes[(start + i) % panes.length]!);
    if (target) {
      target.focus();
      return;
    }
  }
}
