import { expect, test } from 'vitest';
import { columnWidths, fitting, usualColumns, widthOf, type ColumnKey } from './columns';

const usual = { experiments: true, wide: false } as const;
const full = (columns: readonly ColumnKey[]) => columns.reduce((sum, key) => sum + widthOf(key, true, false)!, columnWidths.mark + 196 + widthOf('state', true, false)! + widthOf('value', true, false)!);
const shownOf = usualColumns.filter((key) => key !== 'best');

test('columns that fit all stand, in their order', () => {
  expect(fitting(usualColumns, { ...usual, width: full(shownOf) })).toEqual({ shown: shownOf, left: [] });
});

test('one pixel less, and what nobody asked for gives way first', () => {
  expect(fitting(usualColumns, { ...usual, width: full(shownOf) - 1 }).left).toEqual(['curve']);
});

test('tags and settings that were chosen outlast the usual columns; the sum never passes the width', () => {
  const chosen: readonly ColumnKey[] = [...usualColumns, 'tags', 'set:epochs', 'set:schedule.learningRate'];
  for (const width of [480, 600, 720, 896, 1200]) {
    const { shown, left } = fitting(chosen, { ...usual, width });
    expect(full(shown)).toBeLessThanOrEqual(width);
    expect([...shown, ...left].sort()).toEqual(chosen.filter((key) => key !== 'best').sort());
    if (left.includes('tags')) expect(shown.every((key) => key.startsWith('set:'))).toBe(true);
  }
});

test('of runs the best epoch stands in place of the effect', () => {
  expect(fitting(usualColumns, { experiments: false, wide: false, width: 2000 }).shown).toEqual(usualColumns.filter((key) => key !== 'effect'));
});
