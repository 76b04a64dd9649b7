import type { Page } from '@playwright/test';

/** What can be scrolled sideways: tag and class of each element, and of what in it reaches out furthest. */
export const sideways = (page: Page) => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('*')].filter((element) => {
  const { overflowX } = getComputedStyle(element);
  return element.scrollWidth > element.clientWidth + 1 && (element === document.documentElement || overflowX === 'auto' || overflowX === 'scroll');
}).map((element) => {
  const furthest = [...element.querySelectorAll('*')].reduce<Element>((widest, one) => (one.getBoundingClientRect().right >= widest.getBoundingClientRect().right ? one : widest), element);
  return `${element.tagName} ${element.className}, by ${furthest.tagName} ${furthest.className} ${(furthest.textContent ?? '').trim().slice(0, 30)}`;
}));

/**
 * Words that reach out of what hides the rest, to the left or right. An ellipsis is allowed: the window tells the whole when it is pointed at
 * (useWholeWords).
 */
export const cutOff = (page: Page) => page.evaluate(() => {
  const found: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const words = node.nodeValue?.trim() ?? '';
    const element = node.parentElement!;
    if (words === '' || element.closest('.sr, [hidden], svg, script, style') || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    if (text.width === 0) continue;
    for (let box: HTMLElement | null = element; box; box = box.parentElement) {
      const { overflowX, textOverflow, display } = getComputedStyle(box);
      if (overflowX === 'visible' || display === 'inline' || display === 'contents') continue;
      const { left, right } = box.getBoundingClientRect();
      const out = overflowX === 'hidden' || overflowX === 'clip' ? text.right > right + 1 || text.left < left - 1 : false;
      if (out && textOverflow !== 'ellipsis') found.push(`“${words.slice(0, 40)}” in ${box.tagName.toLowerCase()}.${[...box.classList].join('.')}, ${Math.round(Math.max(text.right - right, left - text.left))} px`);
      break;
    }
  }
  for (const input of document.querySelectorAll<HTMLInputElement>('input[placeholder]')) {
    if (input.value !== '' || !input.checkVisibility()) continue;
    const measure = document.createElement('canvas').getContext('2d')!;
    measure.font = getComputedStyle(input).font;
    const over = measure.measureText(input.placeholder).width - input.clientWidth;
    if (over > 1) found.push(`placeholder “${input.placeholder.slice(0, 40)}”, ${Math.round(over)} px`);
  }
  return [...new Set(found)];
});
