/**
 * npm run replay:augmentation -- FILE.json
 *
 * Replays augmentation vectors that torchvision computed (test/fixtures/augmentation-vectors.json): every byte must be equal, and so must
 * TrivialAugment's magnitudes. Exit code 0: all equal; 1: a difference; 2: the file cannot be used.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { isOperationName, operations, trivialAugmentSpace } from '../src/core/augmentation';

const fileSchema = z.object({
  interpolation: z.literal('nearest').optional(),
  fill: z.literal(0).nullish(),
  spaces: z.record(z.string(), z.unknown()).optional(),
  vectors: z.array(z.object({
    op: z.string().refine(isOperationName, 'an operation that is not known here'),
    magnitude: z.number(),
    height: z.int().min(1).optional(),
    width: z.int().min(1).optional(),
    input: z.base64(),
    output: z.base64(),
  })).min(1),
});

function replay({ vectors, spaces }: z.output<typeof fileSchema>): boolean {
  const byOperation = new Map<string, { vectors: number; different: number }>();
  for (const { op, magnitude, height = 32, width = 32, input, output } of vectors) {
    const [image, expected] = [Buffer.from(input, 'base64'), Buffer.from(output, 'base64')];
    if (image.length !== height * width * 3 || expected.length !== image.length) throw new RangeError(`${op}: ${image.length} bytes are no image of ${width} × ${height}`);
    const out = new Uint8Array(image.length);
    if (isOperationName(op)) operations[op](image, out, { width, height }, magnitude);
    const different = out.reduce((sum, value, i) => sum + (value === expected[i] ? 0 : 1), 0);
    const tally = byOperation.get(op) ?? { vectors: 0, different: 0 };
    byOperation.set(op, { vectors: tally.vectors + 1, different: tally.different + (different > 0 ? 1 : 0) });
    if (different > 0) console.log(`  ${op} ${magnitude} on ${width} × ${height}: ${different} of ${out.length} bytes differ`);
  }
  for (const [op, tally] of byOperation) console.log(`${tally.different === 0 ? 'equal' : 'DIFFERENT'}  ${op.padEnd(14)} ${tally.vectors} vectors${tally.different > 0 ? `, ${tally.different} differ` : ''}`);
  const spaceEqual = spaces === undefined || sameSpace(spaces);
  if (spaces !== undefined) console.log(`${spaceEqual ? 'equal' : 'DIFFERENT'}  TrivialAugment's magnitudes`);
  const good = spaceEqual && [...byOperation.values()].every(({ different }) => different === 0);
  console.log(good ? `All ${vectors.length} vectors are equal, byte for byte.` : 'There are differences.');
  return good;
}

/** The file's `TrivialAugmentWide(31)`: name → [magnitudes or 0, signed]. */
function sameSpace(spaces: Record<string, unknown>): boolean {
  const theirs = spaces['TrivialAugmentWide(31)'];
  if (theirs === undefined) return true;
  const ours = Object.fromEntries(trivialAugmentSpace().map(({ name, magnitudes, signed }) => [name, [magnitudes.length > 0 ? magnitudes : 0, signed]]));
  return JSON.stringify(ours) === JSON.stringify(theirs);
}

const [path, ...rest] = process.argv.slice(2);
if (!path || rest.length > 0) {
  console.error('usage: npm run replay:augmentation -- FILE.json');
  process.exit(2);
}
try {
  const parsed = fileSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) {
    const [{ path: at, message }] = parsed.error.issues;
    console.error(`${path}: ${at.join('.')}: ${message}. A file of augmentation vectors holds { vectors: [{ op, magnitude, height, width, input, output }] }.`);
    process.exit(2);
  }
  process.exitCode = replay(parsed.data) ? 0 : 1;
} catch (error) {
  console.error(`${path} cannot be replayed: ${(error as Error).message}`);
  process.exitCode = 2;
}
