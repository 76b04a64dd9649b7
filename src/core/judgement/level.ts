import type { Level, Levels } from './comparison';

/** Levels as texts that are equal where the levels are. */
export const levelText = (level: Level): string => JSON.stringify(level) ?? 'null';

export const sameLevel = (a: Level | undefined, b: Level | undefined): boolean => a !== undefined && b !== undefined && levelText(a) === levelText(b);

/** The fields in which two sets of levels differ, in the order of the first. */
export const differingFields = (a: Levels, b: Levels): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((field) => !sameLevel(a[field], b[field]));

export const sameLevels = (a: Levels, b: Levels): boolean => differingFields(a, b).length === 0;

/** The levels of all fields but these. */
export const without = (levels: Levels, ...fields: readonly string[]): Levels =>
  Object.fromEntries(Object.entries(levels).filter(([field]) => !fields.includes(field)));

export const distinctLevels = (levels: readonly Level[]): Level[] =>
  levels.filter((level, i) => levels.findIndex((other) => sameLevel(other, level)) === i);
