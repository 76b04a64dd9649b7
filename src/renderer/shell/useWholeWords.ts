import { useEventListener } from '@vueuse/core';

/** How far up from what is pointed at the ellipsis may stand. */
const steps = 4;

/** Words that end in an ellipsis for want of room are told whole in a tooltip, wherever nothing else does so. */
export function useWholeWords(): void {
  const given = new WeakMap<HTMLElement, string>();
  function tell(event: Event): void {
    let element = event.target instanceof HTMLElement ? event.target : null;
    for (let i = 0; element && i < steps; i++, element = element.parentElement) {
      if (element.title !== '' && element.title !== given.get(element)) return;
      if (getComputedStyle(element).textOverflow !== 'ellipsis') continue;
      // What was given is looked at again: the words or the room may have changed.
      const whole = element.scrollWidth > element.clientWidth ? element.innerText.replace(/\s+/g, ' ').trim() : '';
      if (whole !== '') {
        element.title = whole;
        given.set(element, whole);
      } else if (given.delete(element)) element.removeAttribute('title');
      return;
    }
  }
  useEventListener(document, ['pointerover', 'focusin'], tell, { passive: true });
}
