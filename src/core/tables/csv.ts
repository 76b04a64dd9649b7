import type { Cell, Column, Table } from './table';

/**
 * RFC 4180 with a byte order mark, so that Excel reads Japanese, and every digit a number has. An interval becomes two columns. A text that
 * a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises ("CSV injection").
 */
export function toCsv({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  const lines = [
    // Heads are names too: of arms, of classes.
    columns.flatMap(({ label, kind }) => (kind.kind === 'interval' ? [`${label} (low)`, `${label} (high)`] : [label]).map(harmless)),
    ...rows.map((row) => columns.flatMap((column, i) => fields(row[i] ?? null, column))),
  ];
  return `\uFEFF${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

function fields(cell: Cell, { kind }: Column): string[] {
  if (kind.kind === 'interval') return typeof cell === 'object' && cell !== null ? [numeral(cell.low), numeral(cell.high)] : ['', ''];
  if (cell === null) return [''];
  if (typeof cell === 'number') return [numeral(cell)];
  return [typeof cell === 'string' ? harmless(cell) : `${numeral(cell.low)} ${numeral(cell.high)}`];
}

/** All digits that say something: what binary fractions add in the 16th place is left out. */
const numeral = (value: number) => (Number.isFinite(value) ? String(Number(value.toPrecision(15))) : '');

/** Also the wide forms, which Japanese editions take for the narrow ones. */
const harmless = (value: string) => (/^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value);

const quoted = (value: string) => (/[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
