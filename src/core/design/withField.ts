import type { Json } from '../config/experimentSchema';

/** Value of a document at a path, `schedule.learningRate`; undefined where there is none. */
export const getAt = (document: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | null | undefined)?.[key], document);

/** A copy of a document without one field; what holds it stays. */
export function withoutField(document: Readonly<Record<string, Json>>, field: string): Record<string, Json> {
  const [head = '', ...rest] = field.split('.');
  const { [head]: inner, ...others } = document;
  if (rest.length === 0 || typeof inner !== 'object' || inner === null || Array.isArray(inner)) return others;
  return { ...others, [head]: withoutField(inner, rest.join('.')) };
}

/** A copy of a document with one field set, `schedule.learningRate`; objects on the way are made where there are none. */
export function withField(document: Readonly<Record<string, Json>>, [field, value]: readonly [string, Json]): Record<string, Json> {
  const [head = '', ...rest] = field.split('.');
  if (rest.length === 0) return { ...document, [head]: value };
  const inner = document[head];
  const node = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {};
  return { ...document, [head]: withField(node, [rest.join('.'), value]) };
}
