import type { Comparison, Contrast, Interval, SimpleContrast } from '../comparison';
import { decimal, signed, type Locale } from '../../text/format';
import { armName } from '../../text/names';

/** Margins and other figures a person gave: no zeros that say nothing. */
export const plain = (value: number): string => String(Number(value.toFixed(4))).replace('-', '−');

/** Bounds as they stand in a sentence about a gain: "1.40 to 2.05", or about a loss, turned round. */
export function bounds({ low, high }: Interval, lost: boolean): [string, string] {
  const [from, to] = lost ? [-high, -low] : [low, high];
  return [unsignedUnlessNegative(from), unsignedUnlessNegative(to)];
}

const unsignedUnlessNegative = (value: number) => (value >= 0 ? decimal(value, 2) : signed(value));

/** "0.42": how much, whichever way. */
export const size = (value: number | null): string => decimal(value === null ? null : Math.abs(value), 2);

export const simpleOf = ({ contrasts }: Comparison, ids: readonly string[]): SimpleContrast[] =>
  ids.map((id) => contrasts.find((one) => one.id === id)).filter((one): one is SimpleContrast => one?.kind === 'simple');

export const contrastsOf = ({ contrasts }: Comparison, ids: readonly string[]): Contrast[] =>
  ids.flatMap((id) => contrasts.find((one) => one.id === id) ?? []);

/** An arm by its levels; where it has none, by the one run it has, or its key. */
export function armOf({ arms }: Pick<Comparison, 'arms'>, key: string, locale: Locale): string {
  const arm = arms.find((one) => one.key === key);
  return (arm && armName(arm.levels, locale)) || (arm?.runs.length === 1 ? arm.runs[0]!.name : '') || key;
}

/** Arms of the design without a value: nothing that is said holds for them. */
export const unmeasured = ({ arms }: Comparison): string[] => arms.filter(({ n, given }) => n === 0 && given === 0).map(({ key }) => key);

/** A word was said, of what has values. */
export const isDecided = ({ answer: { kind } }: Comparison): boolean => ['better', 'worse', 'same', 'depends', 'best'].includes(kind);

/** The level that a single contrast is held against, where the factor has others too. */
export const saidAgainst = ({ factors }: Comparison, { factor }: SimpleContrast): boolean => (factors.find(({ field }) => field === factor)?.levels.length ?? 0) > 2;

/** More places than this are told by their range: a sentence of thirty clauses says nothing. */
export const mostPlaces = 4;

/** Least and largest size of the differences. */
export function sizes(contrasts: readonly Contrast[]): [string, string] {
  const all = contrasts.map(({ differencePoints }) => Math.abs(differencePoints ?? 0));
  return [size(Math.min(...all)), size(Math.max(...all))];
}

/** An interaction is neither better nor worse: all that is said of it is that its interval leaves zero out. */
export const isClearInteraction = ({ kind, verdict }: Partial<Pick<Contrast, 'kind'>> & Pick<Contrast, 'verdict'>): boolean =>
  kind === 'interaction' && (verdict === 'better' || verdict === 'worse');

/** The interval that a verdict is read from. */
export const decisive = (contrast: Contrast): Interval | null => contrast.adjustedIntervalPoints ?? contrast.intervalPoints;

/** Of several contrasts: the widest stretch of their intervals. */
export function hull(contrasts: readonly Contrast[]): Interval {
  const intervals = contrasts.flatMap((one) => decisive(one) ?? []);
  return { low: Math.min(...intervals.map(({ low }) => low)), high: Math.max(...intervals.map(({ high }) => high)) };
}
