import type { Locale } from '../text/format';
import { alignmentOf, cellText, type Table } from './table';

/** Text for HTML, between tags and in double quotes alike. Control characters, which no document may hold, are left out. */
export const escapeHtml = (value: string): string =>
  // eslint-disable-next-line no-control-regex
  value.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

/**
 * Text from outside for HTML: as `escapeHtml`, in an element of its own direction, so that right-to-left marks cannot reorder what
 * stands beside it.
 */
export const escapeName = (value: string): string => `<bdi>${escapeHtml(value)}</bdi>`;

/** A table element; the caption is the caller's. */
export function toHtml({ columns, rows, notes }: Table, locale: Locale): string {
  const head = columns.map((column) => `<th scope="col" class="${alignmentOf(column)}">${escapeHtml(column.label)}</th>`).join('');
  const body = rows.map((row) => `<tr>${columns.map((column, i) => `<td class="${alignmentOf(column)}">${typeof row[i] === 'string' ? escapeName(row[i]) : escapeHtml(cellText(row[i] ?? null, column, locale))}</td>`).join('')}</tr>`).join('\n');
  return `<table><thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table>${notes.map((note) => `\n<p class="note">${escapeHtml(note)}</p>`).join('')}`;
}

/** A GitHub table. Pipes, backslashes and what Markdown, HTML or GitHub's formulas would read as marks are escaped. */
export function toMarkdown({ title, columns, rows, notes }: Table, locale: Locale): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `**${escapeMarkdown(title)}**`,
    '',
    line(columns.map(({ label }) => escapeMarkdown(label))),
    line(columns.map((column) => (alignmentOf(column) === 'left' ? ':--' : '--:'))),
    ...rows.map((row) => line(columns.map((column, i) => escapeMarkdown(cellText(row[i] ?? null, column, locale))))),
    ...notes.flatMap((note) => ['', escapeMarkdown(note)]),
    '',
  ].join('\n');
}

const escapeMarkdown = (value: string) => value.replace(/[\\`*_[\]<>|#~&$]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ');

/** A `table` for LaTeX with booktabs (`\usepackage{booktabs}`). Needs XeLaTeX or LuaLaTeX for Japanese. */
export function toLatex({ id, title, columns, rows, notes }: Table, locale: Locale): string {
  // A bracket or star at the start of a row would be read as an option of the row before.
  const line = (cells: readonly string[]) => `    ${cells.join(' & ').replace(/^(?=[[*])/, '{}')} \\\\`;
  return [
    '% \\usepackage{booktabs}',
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${[`${title}.`, ...notes].map(escapeLatex).join(' ')}}`,
    `  \\label{tab:${id}}`,
    `  \\begin{tabular}{${columns.map((column) => alignmentOf(column)[0]).join('')}}`,
    '    \\toprule',
    line(columns.map(({ label }) => escapeLatex(label))),
    '    \\midrule',
    ...rows.map((row) => line(columns.map((column, i) => escapeLatex(cellText(row[i] ?? null, column, locale))))),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}

const latex: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', '$': '\\$', '&': '\\&', '#': '\\#', '%': '\\%', '_': '\\_', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}',
  '<': '\\textless{}', '>': '\\textgreater{}', '"': "''", '|': '\\textbar{}', '−': '$-$', '±': '$\\pm$', '×': '$\\times$', '–': '--', '≥': '$\\geq$', '≤': '$\\leq$', '²': '\\textsuperscript{2}', '→': '$\\to$',
};
const escapeLatex = (value: string) => value.replace(/[\\{}$&#%_~^<>"|−±×–≥≤²→]/g, (mark) => latex[mark]!).replace(/\s*[\r\n]+\s*/g, ' ');
