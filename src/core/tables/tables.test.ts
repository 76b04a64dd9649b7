import { describe, expect, it } from 'vitest';
import { hostileName, sampleComparison } from '../figures/testing/sample';
import { comparisonTable, tableIds, toCsv, toHtml, toLatex, toMarkdown, type Table } from './index';
import { cellText, intervalText } from './table';

const sample = sampleComparison({ testOpenings: [{ at: '2026-11-26T10:00:00.000Z', runId: 'run-none-5-1', purpose: 'experiment' }] });
const test = {
  step: 1, images: 200, right: 100, accuracy: 0.5, overImages: { low: 0.4314, high: 0.5686 },
  without: [{ list: hostileName, sha256: 'f'.repeat(64), at: '2026-11-26T10:00:00.000Z', leftOut: 40, images: 160, right: 60, accuracy: 0.375, overImages: { low: 0.3036, high: 0.4521 } }],
};
const comparison = { ...sample, arms: sample.arms.map((arm, a) => ({ ...arm, runs: arm.runs.map((run, r) => (a === 0 && r === 0 ? { ...run, test } : run)) })) };
const locales = ['en', 'ja'] as const;

/** RFC 4180, the whole of it: quotes, doubled quotes, commas and line ends inside quotes. */
function parseCsv(csv: string): string[][] {
  const rows: string[][] = [[]];
  let [field, quoted] = ['', false];
  for (let i = 0; i < csv.length; i++) {
    const c = csv[i]!;
    if (quoted && c === '"' && csv[i + 1] === '"') field += csv[++i];
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ',') { rows.at(-1)!.push(field); field = ''; }
    else if (!quoted && c === '\r' && csv[i + 1] === '\n') { rows.at(-1)!.push(field); field = ''; rows.push([]); i++; }
    else field += c;
  }
  return rows.slice(0, -1);
}

const hostile: Table = {
  id: 'runs', title: hostileName, notes: [hostileName], columns: [{ key: 'a', label: hostileName, kind: { kind: 'text' } }, { key: 'b', label: 'b', kind: { kind: 'number', decimals: 2 } }, { key: 'c', label: '=1+1', kind: { kind: 'interval', decimals: 2 } }],
  rows: [[hostileName, 1 / 3, { low: -1.5, high: 2.25 }], ['=HYPERLINK("http://x")\r\nnext', null, null], ['[x]', Number.NaN, null], ['＝1+1', null, null]],
};

describe('tables of a comparison', () => {
  it.each(tableIds.flatMap((id) => locales.map((locale) => [id, locale] as const)))('%s (%s) has a cell for every column and words for every head', (id, locale) => {
    const table = comparisonTable(id, comparison, locale);
    expect(table.rows.length).toBeGreaterThan(0);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    for (const text of [table.title, ...table.notes, ...table.columns.map(({ label }) => label)]) expect(text).not.toMatch(/undefined|NaN|^$/);
    expect(new Set(table.columns.map(({ key }) => key)).size).toBe(table.columns.length);
  });
  it('gives a test figure without a list its own row, with the name, below the plain one', () => {
    const { columns, rows } = comparisonTable('test', comparison, 'en');
    const at = (key: string) => columns.findIndex((column) => column.key === key);
    expect(rows.map((row) => [row[at('over')], row[at('images')], row[at('accuracy')]])).toEqual([['all test images', 200, 50], [`without “${hostileName}” (ffffffffffff), which leaves out 40`, 160, 37.5]]);
    const { low, high } = rows[0]![at('overImages')] as { low: number; high: number };
    expect([low.toFixed(2), high.toFixed(2)]).toEqual(['43.14', '56.86']);
  });
  it('shows the arms in order, in percent, with what was measured', () => {
    const { columns, rows } = comparisonTable('arms', comparison, 'en');
    const cell = (row: number, key: string) => rows[row]![columns.findIndex((column) => column.key === key)];
    expect(rows.map((row) => row.slice(0, 2))).toEqual([['none', '5'], ['crop + flip', '5'], ['crop + flip + TrivialAugment', '5'], ['none', '20'], ['crop + flip', '20'], ['crop + flip + TrivialAugment', '20']]);
    expect(cell(4, 'validation')).toBeCloseTo(86.53, 10);
    expect(cell(4, 'interval')).toMatchObject({ low: expect.closeTo(85.87, 8) as number, high: expect.closeTo(87.19, 8) as number });
    expect(cell(4, 'bestEpoch')).toBe('19, 20');
  });
  it('never mixes intervals over seeds with intervals over images', () => {
    const [first, ...others] = comparison.arms;
    const alone = { ...first!, n: 1, validation: { mean: 0.5, deviationPoints: null, interval: null, overImages: { low: 0.48, high: 0.52 } } };
    const { columns, rows, notes } = comparisonTable('arms', sampleComparison({ arms: [alone, ...others] }), 'en');
    const [seeds, images] = ['interval', 'overImages'].map((key) => columns.findIndex((column) => column.key === key)) as [number, number];
    expect([rows[0]![seeds], rows[0]![images], rows[1]![images]]).toEqual([null, { low: 48, high: 52 }, null]);
    expect(notes).toHaveLength(2);
  });
  it('says that an interaction is clear of zero, not better', () => {
    expect(comparisonTable('contrasts', comparison, 'en').rows.at(-1)).toContain('clear of zero');
    expect(comparisonTable('contrasts', comparison, 'en').rows[0]).toContain('better');
  });
});

describe('forms', () => {
  it('CSV opens in a spreadsheet: byte order mark, every digit, two columns an interval, nothing that runs', () => {
    const csv = toCsv(hostile);
    expect(csv.startsWith('\uFEFF')).toBe(true);
    const rows = parseCsv(csv.slice(1));
    expect(rows).toEqual([
      [hostileName, 'b', '\'=1+1 (low)', '\'=1+1 (high)'],
      [hostileName, '0.333333333333333', '-1.5', '2.25'],
      ['\'=HYPERLINK("http://x")\r\nnext', '', '', ''],
      ['[x]', '', '', ''],
      ['\'＝1+1', '', '', ''],
    ]);
  });
  it('LaTeX has booktabs rules, as many cells a row as columns, and no active character of a name', () => {
    const latex = toLatex(hostile, 'en');
    for (const rule of ['\\toprule', '\\midrule', '\\bottomrule', '\\begin{tabular}{lrr}', '\\end{table}']) expect(latex).toContain(rule);
    const body = latex.slice(latex.indexOf('\\toprule'), latex.indexOf('\\bottomrule')).split('\n').filter((line) => line.endsWith('\\\\'));
    for (const line of body) expect(line.replaceAll('\\&', '').split('&')).toHaveLength(3);
    expect(latex).toContain('\\textbackslash{}textbf\\{x\\} \\textbar{} 5 \\% \\_y\\_');
    expect(latex).toContain('{}[x]');
    expect(latex.replace(/\\[%&_#$]|\\text\w+\{\}/g, '')).not.toMatch(/(?<!^)%|[_#~^]/m);
  });
  it('Markdown keeps its columns and makes no HTML', () => {
    const lines = toMarkdown(hostile, 'en').split('\n').filter((line) => line.startsWith('|'));
    for (const line of lines) expect(line.replaceAll('\\|', '').split('|')).toHaveLength(5);
    expect(toMarkdown(hostile, 'en')).not.toMatch(/(?<!\\)</);
  });
  it('HTML escapes', () => {
    const html = toHtml(hostile, 'en');
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
    expect(html).toContain('<bdi>');
  });
  it('writes numbers as people read them', () => {
    expect(intervalText({ low: -1.234, high: 2 }, 'en', 2, true)).toBe('−1.23 to +2.00');
    expect(intervalText({ low: -1.234, high: 2 }, 'ja', 2, true)).toBe('−1.23〜+2.00');
    expect(cellText(0.00004, { key: 'p', label: 'p', kind: { kind: 'p' } }, 'en')).toBe('< 0.001');
    expect(cellText(null, { key: 'p', label: 'p', kind: { kind: 'p' } }, 'en')).toBe('–');
  });
});
