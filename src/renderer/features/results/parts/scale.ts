import { niceScale, position, type Scale } from '../../../../core/figures/scale';

type Known = number | null | undefined;

/** A round axis that holds every value that is known. */
export const scaleOf = (values: readonly Known[], count = 4): Scale => niceScale(values.filter((value): value is number => typeof value === 'number'), count);

/** Where a value stands on the axis, in percent of its length; held inside. */
export const placed = (scale: Scale, value: number): number => Math.min(100, Math.max(0, position(value, scale, 0, 100)));
