import { FileProblem } from '../../weights/fileProblem';

/** Rows of a CSV file (comma, semicolon or tab; RFC 4180 quotes), the first being its head. */
function parseCsv(text: string): string[][] {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const head = body.slice(0, (body.indexOf('\n') + 1 || body.length + 1) - 1);
  const delimiter = [',', ';', '\t'].map((mark) => ({ mark, count: head.split(mark).length })).sort((a, b) => b.count - a.count)[0]!.mark;
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at <= body.length;) {
    if (body[at] === '"') {
      let value = '';
      for (at += 1; ; at += 2) {
        const end = body.indexOf('"', at);
        if (end === -1) throw new FileProblem(`a quote in row ${rows.length + 1} is never closed`);
        value += body.slice(at, end);
        at = end;
        if (body[at + 1] !== '"') break;
        value += '"';
      }
      row.push(value);
      at += 1;
      // What follows a closed quote up to the next mark is no part of it.
      while (at < body.length && body[at] !== delimiter && body[at] !== '\n') at += 1;
    } else {
      const start = at;
      while (at < body.length && body[at] !== delimiter && body[at] !== '\n') at += 1;
      row.push(body.slice(start, at).replace(/\r$/, '').trim());
    }
    if (body[at] === delimiter) {
      at += 1;
      continue;
    }
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    at += 1;
  }
  return rows;
}

export interface ListRow {
  readonly path: string;
  readonly label: string;
  readonly split: string | null;
  /** In the file, the first being 1. */
  readonly line: number;
}

const columns = {
  path: ['path', 'file', 'filename', 'file_name', 'filepath', 'file_path', 'image', 'image_path', 'image_name', 'img', 'img_path'],
  label: ['label', 'class', 'category', 'target', 'class_name', 'label_name', 'species'],
  split: ['split', 'set', 'subset', 'partition', 'fold'],
} as const;
type Column = keyof typeof columns;

const columnOf = (heads: readonly string[], which: Column) => heads.findIndex((head) => (columns[which] as readonly string[]).includes(head.trim().toLowerCase()));

/** A list of images with labels, as CSV or as JSON lines; null where it has no such columns. @throws FileProblem where it has, and is damaged */
export function parseList(text: string): ListRow[] | null {
  return /^\s*\{/.test(text) ? fromJsonLines(text) : fromCsv(text);
}

function fromCsv(text: string): ListRow[] | null {
  const end = text.indexOf('\n');
  const [head] = parseHead(end === -1 ? text : text.slice(0, end));
  if (!head || columnOf(head, 'path') === -1 || columnOf(head, 'label') === -1) return null;
  const [path, label, split] = (['path', 'label', 'split'] as const).map((which) => columnOf(head, which)) as [number, number, number];
  return parseCsv(text).slice(1).map((row, i) => ({ path: row[path] ?? '', label: row[label] ?? '', split: split === -1 ? null : (row[split] ?? ''), line: i + 2 }));
}

/** A head that is no table's is none, and no error. */
function parseHead(line: string): string[][] {
  try {
    return parseCsv(line);
  } catch {
    return [];
  }
}

function fromJsonLines(text: string): ListRow[] | null {
  const rows: ListRow[] = [];
  let line = 0;
  for (const part of text.split('\n')) {
    line += 1;
    if (part.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(part);
    } catch {
      if (rows.length === 0) return null;
      rows.push({ path: '', label: '', split: null, line });
      continue;
    }
    const fields = Object.entries((typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>);
    const heads = fields.map(([name]) => name);
    const field = (which: Column) => {
      const found = fields[columnOf(heads, which)]?.[1];
      return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : '';
    };
    if (rows.length === 0 && (columnOf(heads, 'path') === -1 || columnOf(heads, 'label') === -1)) return null;
    rows.push({ path: field('path'), label: field('label'), split: columnOf(heads, 'split') === -1 ? null : field('split'), line });
  }
  return rows.length === 0 ? null : rows;
}
