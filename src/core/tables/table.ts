import type { Interval } from '../judgement/comparison';
import { decimal, pValue, signed, whole, type Locale } from '../text/format';

/**
 * A table as data: the window, the report and every file format show the same one. Numbers stay numbers, so that a CSV has all their
 * digits; `cellText` writes them as people read them.
 */
export interface Table {
  readonly id: TableId;
  readonly title: string;
  readonly columns: readonly Column[];
  /** One cell a column. */
  readonly rows: readonly (readonly Cell[])[];
  /** What a reader has to know: what an interval is, what was left out. */
  readonly notes: readonly string[];
}

export const tableIds = ['arms', 'contrasts', 'effects', 'anova', 'differences', 'runs', 'imagewise', 'time', 'curves', 'openings', 'test'] as const;
/** `classes`, `confusion` and `calibration` need predictions, the others a comparison alone. */
export const predictionTableIds = ['classes', 'confusion', 'calibration'] as const;
export type TableId = (typeof tableIds)[number] | (typeof predictionTableIds)[number];

/** Null: not known. An interval fills one cell and, in a CSV, two columns. */
export type Cell = string | number | null | Interval;

export interface Column {
  /** Stable in all languages. */
  readonly key: string;
  readonly label: string;
  readonly kind:
    | { readonly kind: 'text' }
    | { readonly kind: 'count' }
    /** `signed`: a difference. */
    | { readonly kind: 'number'; readonly decimals: number; readonly signed?: boolean }
    | { readonly kind: 'interval'; readonly decimals: number; readonly signed?: boolean }
    | { readonly kind: 'p' };
}

export const text = (key: string, label: string): Column => ({ key, label, kind: { kind: 'text' } });
export const count = (key: string, label: string): Column => ({ key, label, kind: { kind: 'count' } });
export const number = (key: string, label: string, decimals = 2): Column => ({ key, label, kind: { kind: 'number', decimals } });
export const difference = (key: string, label: string, decimals = 2): Column => ({ key, label, kind: { kind: 'number', decimals, signed: true } });
export const interval = (key: string, label: string, signedNumbers = false): Column => ({ key, label, kind: { kind: 'interval', decimals: 2, signed: signedNumbers } });
export const probability = (key: string, label: string): Column => ({ key, label, kind: { kind: 'p' } });

/** Text to the left, everything that is counted or measured to the right. */
export const alignmentOf = ({ kind }: Column): 'left' | 'right' => (kind.kind === 'text' ? 'left' : 'right');

/** "+2.41 to +3.25", +2.41〜+3.25; "–" where there is none. */
export function intervalText(of: Interval | null, locale: Locale, decimals = 2, signedNumbers = false): string {
  if (of === null) return '–';
  const write = signedNumbers ? signed : decimal;
  return `${write(of.low, decimals)}${locale === 'ja' ? '〜' : ' to '}${write(of.high, decimals)}`;
}

/** A cell as people read it. */
export function cellText(cell: Cell, { kind }: Column, locale: Locale): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'object') return kind.kind === 'interval' ? intervalText(cell, locale, kind.decimals, kind.signed) : intervalText(cell, locale);
  switch (kind.kind) {
    case 'text': return String(cell);
    case 'count': return whole(cell);
    case 'number': return kind.signed ? signed(cell, kind.decimals) : decimal(cell, kind.decimals);
    case 'interval': return decimal(cell, kind.decimals);
    case 'p': return pValue(cell);
  }
}
