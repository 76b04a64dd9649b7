import { inject, provide, shallowRef, type InjectionKey, type ShallowRef } from 'vue';

/** Which number is asked about. */
export type WhyOf = { readonly kind: 'contrast'; readonly id: string } | { readonly kind: 'arm'; readonly key: string };

interface Why {
  readonly of: WhyOf;
  readonly anchor: HTMLElement;
  /** Asked for by a press: stays until it is closed, and takes the focus. Else it goes with the pointer. */
  readonly pinned: boolean;
}

interface WhyState {
  readonly shown: ShallowRef<Why | null>;
}

const key: InjectionKey<WhyState> = Symbol('why');

/** One popover a page: numbers ask it, WhyPopover shows it. */
export function provideWhy(): WhyState {
  const state = { shown: shallowRef<Why | null>(null) };
  provide(key, state);
  return state;
}

export const useWhy = (): WhyState => inject(key, () => ({ shown: shallowRef(null) }), true);
