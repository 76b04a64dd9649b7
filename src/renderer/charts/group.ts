import { inject, provide, ref, shallowRef, type InjectionKey, type Ref, type ShallowRef } from 'vue';

/** What charts over one x share: where the reading stands, and which part of x is shown (null: all of it). */
export interface ChartGroup {
  readonly crosshair: Ref<number | null>;
  readonly range: ShallowRef<readonly [number, number] | null>;
}

const key: InjectionKey<ChartGroup> = Symbol('chart group');

export function provideChartGroup(): ChartGroup {
  const group = { crosshair: ref<number | null>(null), range: shallowRef<readonly [number, number] | null>(null) };
  provide(key, group);
  return group;
}

export const useChartGroup = (): ChartGroup =>
  inject(key, () => ({ crosshair: ref(null), range: shallowRef(null) }), true);
