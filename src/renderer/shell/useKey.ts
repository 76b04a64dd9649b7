import { useEventListener } from '@vueuse/core';
import { useSettings } from '../stores/settings';
import { isComposing, isField, isPressable, keyName } from './keys';

/** Typing has an undo of its own. */
const ofFields = ['Ctrl+z', 'Ctrl+y'];

/** Binds key presses of the whole window while the caller lives. Names without Ctrl or F keys do not reach fields; nothing fires under an open dialog or menu, and Escape is left to what is topmost, a tooltip too. */
export function useKey(bindings: Record<string, (event: KeyboardEvent) => void>): void {
  const settings = useSettings();
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (isComposing(event) || event.defaultPrevented) return;
    const name = keyName(event);
    const action = bindings[name];
    if (!action) return;
    const global = name.startsWith('Ctrl+') || /^F\d/.test(name);
    if (!global && (isField(event.target) || (name.length === 1 && !settings.settings.singleKeyShortcuts))) return;
    if (ofFields.includes(name) && isField(event.target)) return;
    if (name === 'Space' && isPressable(event.target)) return;
    if (document.querySelector(name === 'Escape' ? '[data-dismissable-layer]' : '[role="dialog"], [role="menu"]')) return;
    event.preventDefault();
    action(event);
  });
}
