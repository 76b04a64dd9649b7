import type { Shape } from '../attributes';

export const formatShape = (shape: Shape): string => `[${shape.map((size) => (size < 0 ? '?' : size)).join(', ')}]`;

/** The shape two shapes broadcast to (NumPy's rule). An unknown size (-1) meets a known one above 1 as that one. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x === y || y === 1) return x;
    if (x === 1 || x === -1) return y;
    if (y === -1) return x;
    throw new Error(`Shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast.`);
  });
}

/** The axes over which a gradient of shape `result` is summed to reach an operand of shape `operand` that was broadcast. */
export function broadcastAxes(operand: Shape, result: Shape): number[] {
  const extra = result.length - operand.length;
  return result.flatMap((size, axis) => (axis < extra || (operand[axis - extra] === 1 && size !== 1) ? [axis] : []));
}

export const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((size, axis) => size === b[axis]);

/** The product of the sizes, or -1 where one is unknown. */
export const elementCount = (shape: Shape): number => (shape.includes(-1) ? -1 : shape.reduce((a, b) => a * b, 1));
