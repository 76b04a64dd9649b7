import { escapeHtml, escapeName, toCsv, type Table } from '../core/tables';
import type { Drawing, Figure } from '../core/figures';
import { withoutDirections } from '../core/figures/svg';
import { figureSvg } from './chart';
import type { ReportWords } from './words';

export { escapeHtml as e, escapeName as name };

const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** A name inside a sentence: without marks of direction, and one that is written from the right in a direction of its own (Unicode's isolates). */
export const isolated = (name: string): string => (rightToLeft.test(name) ? `\u2068${withoutDirections(name)}\u2069` : withoutDirections(name));

/** A part of the report. `caption` and `title` are plain text; `save` is a link to the part's table as a file. */
export const section = (id: string, title: string, caption: string, body: string, { save = '', classes = '' }: { readonly save?: string; readonly classes?: string } = {}): string =>
  `<section id="${id}"${classes && ` class="${classes}"`}>${save}<h2>${escapeHtml(title)}${caption && ` <span>${escapeHtml(caption)}</span>`}</h2>\n${body}</section>\n`;

export const paragraph = (text: string, classes = ''): string => (text === '' ? '' : `<p${classes && ` class="${classes}"`}>${escapeHtml(text)}</p>\n`);

/** Why a part is empty, in the place where it would stand. */
export const absent = (text: string): string => paragraph(text, 'absent');

export const list = (items: readonly string[]): string => (items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>\n`);

/** Terms and what they are; a value is HTML, empty ones are left out. */
export const definitions = (entries: readonly (readonly [string, string])[]): string =>
  `<dl>${entries.filter(([, value]) => value !== '').map(([term, value]) => `<dt>${escapeHtml(term)}</dt><dd>${value}</dd>`).join('')}</dl>\n`;

export const chart = (figure: Figure | Drawing): string => figureSvg(figure);

/** A file that the page itself holds. */
export const saveLink = (fileName: string, type: string, content: string, label: string): string =>
  `<a class="save" download="${escapeHtml(fileName)}" href="data:${type};base64,${Buffer.from(content, 'utf8').toString('base64')}">${escapeHtml(label)}</a>`;

export const csvLink = (table: Table, words: ReportWords): string => saveLink(`${table.id}.csv`, 'text/csv', toCsv(table), words.save);

/** Some of a table's columns, in its order. */
export function withColumns(table: Table, keys: readonly string[]): Table {
  const kept = table.columns.flatMap(({ key }, i) => (keys.includes(key) ? [i] : []));
  return { ...table, columns: kept.map((i) => table.columns[i]!), rows: table.rows.map((row) => kept.map((i) => row[i]!)) };
}
