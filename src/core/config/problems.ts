import type { z } from 'zod';

/** What is wrong with one field of a config, in words a person can act on. */
export interface ConfigProblem {
  /** `schedule.learningRate`; empty for the whole document. */
  readonly path: string;
  readonly message: string;
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Checks a document against a schema. Problems come in the document's order and name the field and what is allowed. */
export function parseWith<S extends z.ZodType>(schema: S, document: unknown): Parsed<z.output<S>> {
  const result = schema.safeParse(document);
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, problems: result.error.issues.flatMap((issue) => describe(issue, document, schema)) };
}

export const problemText = ({ path, message }: ConfigProblem): string => (path ? `${path}: ${message}` : message);

type Issue = z.core.$ZodIssue;

function describe(issue: Issue, document: unknown, schema: z.ZodType): ConfigProblem[] {
  const path = issue.path.map(String).join('.');
  const value = issue.path.reduce<unknown>((node, key) => (node as Record<PropertyKey, unknown> | undefined)?.[key], document);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: path ? `${path}.${key}` : key,
        message: `unknown field; ${path || 'this document'} may hold ${fieldsAt(schema, issue.path, document).join(', ')}`,
      }));
    case 'invalid_type':
      return [{ path, message: `must be ${article(issue.expected)}, not ${shown(value)}` }];
    case 'invalid_value':
      return [{ path, message: `must be ${list(issue.values.map((allowed) => JSON.stringify(allowed)))}, not ${shown(value)}` }];
    case 'too_small':
      return [{ path, message: `must be ${issue.inclusive ? 'at least' : 'greater than'} ${issue.minimum}${unit(issue.origin)}, not ${shown(value)}` }];
    case 'too_big':
      return [{ path, message: `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unit(issue.origin)}, not ${shown(value)}` }];
    case 'invalid_union':
      return unionProblems(issue, path, value, document, schema);
    case 'invalid_format':
      return [{ path, message: `must be ${issue.message}, not ${shown(value)}` }];
    default:
      return [{ path, message: issue.message }];
  }
}

/** Of a union, what is wrong with the form that the value has; where it has none, that there is none. */
function unionProblems(issue: Extract<Issue, { code: 'invalid_union' }>, path: string, value: unknown, document: unknown, schema: z.ZodType): ConfigProblem[] {
  const forms = 'errors' in issue ? issue.errors : [];
  // A form whose own fields are at fault is the one that was meant.
  const meant = forms.find((issues) => issues.length > 0 && issues.every((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'));
  if (!meant) return [{ path, message: unionMessage(issue, value) }];
  return meant.flatMap((inner) => describe({ ...inner, path: [...issue.path, ...inner.path] } as Issue, document, schema));
}

function unionMessage(issue: Extract<Issue, { code: 'invalid_union' }>, value: unknown): string {
  if ('discriminator' in issue && 'options' in issue && Array.isArray(issue.options)) {
    return `must be ${list(issue.options.filter((option) => option !== undefined).map((option) => JSON.stringify(option)))}, not ${shown(value)}`;
  }
  const forms = 'errors' in issue ? issue.errors.flatMap((issues) => issues.filter(({ path }) => path.length === 0).flatMap(formOf)) : [];
  return forms.length === 0 ? `no allowed form, got ${shown(value)}` : `must be ${list(forms)}, not ${shown(value)}`;
}

/** What one form of a union would take, as far as its issue tells. */
function formOf(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map((allowed) => JSON.stringify(allowed));
  if (issue.code === 'invalid_type') return [article(issue.expected)];
  return issue.code === 'too_small' && issue.origin === 'array' ? [`a list of ${issue.minimum}`] : [];
}

/** Names of the fields that the schema allows at a path. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[], document: unknown): string[] {
  let [node, value]: [z.ZodType | undefined, unknown] = [optionFor(schema, document), document];
  for (const key of path) {
    value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
    const inner: z.ZodType | undefined = node && 'shape' in node ? (node.shape as Record<PropertyKey, z.ZodType>)[key] : node && 'element' in node ? (node.element as z.ZodType) : undefined;
    node = inner && optionFor(inner, value);
  }
  return node && 'shape' in node ? Object.keys(node.shape as object) : [];
}

/** Of a union, the option that this value's own kind picks, or the list where it is one; else the schema itself. */
function optionFor(schema: z.ZodType, value: unknown): z.ZodType {
  const inner = unwrapped(schema);
  if (!('options' in inner) || !Array.isArray(inner.options)) return inner;
  const options = (inner.options as readonly unknown[]).filter((option): option is z.ZodType => typeof option === 'object' && option !== null).map(unwrapped);
  const { kind } = (value ?? {}) as { kind?: unknown };
  const fitting = options.find((option) => ('shape' in option ? (option.shape as { kind?: z.ZodType }).kind?.safeParse(kind).success : 'element' in option && Array.isArray(value)));
  return fitting ?? options.find((option) => 'shape' in option) ?? inner;
}

/** The schema inside defaults and the like. */
function unwrapped(schema: z.ZodType): z.ZodType {
  return 'unwrap' in schema && typeof schema.unwrap === 'function' && !('element' in schema) ? unwrapped(schema.unwrap() as z.ZodType) : schema;
}

const article = (type: string) => (type === 'array' ? 'a list' : type === 'int' ? 'a whole number' : /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);
const unit = (origin: string) => (origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '');
const list = (words: readonly string[]) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`);

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  // JSON has no word for them: 1e999 is read as Infinity.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
