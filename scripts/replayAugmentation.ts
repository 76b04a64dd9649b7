/**
 * npm run replay:augmentation -- FILE.json
 *
 * Replays augmentation vectors that torchvision computed (test/fixtures/augmentation-vectors.json, augmentation-draws.json): every byte must be
 * equal, and so must the magnitudes of TrivialAugment, RandAugment and AutoAugment. Exit code 0: all equal; 1: a difference; 2: the file cannot be used.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Augmenter, autoAugmentSpace, cifar10SubPolicies, isOperationName, operations, randAugmentSpace, trivialAugmentSpace, type Draw, type OperationSpace } from '../src/core/augmentation';
import { operationNames } from '../src/core/augmentation/names';

const side = z.int().min(1).default(32);
const window = z.object({ left: z.int(), top: z.int(), width: z.int().min(1), height: z.int().min(1) });
const drawSchema: z.ZodType<Draw> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('crop'), left: z.int(), top: z.int(), padding: z.int(), fill: z.enum(['zero', 'reflect']) }),
  z.object({ kind: z.literal('flip'), flipped: z.boolean() }),
  z.object({ kind: z.literal('resizedCrop'), window }),
  z.object({ kind: z.literal('adjust'), name: z.enum(['brightness', 'contrast', 'saturation', 'hue']), factor: z.number() }),
  z.object({ kind: z.literal('erase'), by: z.enum(['randomErasing', 'cutout']), window: window.nullable(), value: z.union([z.int(), z.tuple([z.int(), z.int(), z.int()])]) }),
]);
const operationSchema = z.object({ op: z.string().refine(isOperationName, 'an operation that is not known here'), magnitude: z.number(), height: side, width: side, input: z.base64(), output: z.base64() });
const fileSchema = z.object({
  interpolation: z.literal('nearest').optional(),
  fill: z.literal(0).nullish(),
  spaces: z.record(z.string(), z.unknown()).default({}),
  vectors: z.array(z.union([operationSchema, z.object({ draw: drawSchema, height: side, width: side, input: z.base64(), output: z.base64() })])).min(1),
  /** Byte i of the image is the high byte of (i + offset) × 2654435761 in 32 bits. */
  hashed: z.array(z.object({ draw: drawSchema, height: side, width: side, offset: z.int().min(0), sha256: z.string() })).default([]),
});

const tallies = new Map<string, { vectors: number; different: number }>();
function count(name: string, different: string | null): void {
  const tally = tallies.get(name) ?? { vectors: 0, different: 0 };
  tallies.set(name, { vectors: tally.vectors + 1, different: tally.different + (different === null ? 0 : 1) });
  if (different !== null) console.log(`  ${different}`);
}

function applied(draw: Draw, size: { width: number; height: number }, image: Uint8Array): Uint8Array {
  const out = new Uint8Array(image.length);
  new Augmenter(size).apply([draw], image, out);
  return out;
}

function replayVector(vector: z.output<typeof fileSchema>['vectors'][number]): void {
  const { height, width } = vector;
  const [image, expected] = [Buffer.from(vector.input, 'base64'), Buffer.from(vector.output, 'base64')];
  const name = 'op' in vector ? vector.op : vector.draw.kind;
  if (image.length !== height * width * 3 || expected.length !== image.length) throw new RangeError(`${name}: ${image.length} bytes are no image of ${width} × ${height}`);
  let out = new Uint8Array(image.length);
  if (!('op' in vector)) out = new Uint8Array(applied(vector.draw, { width, height }, image));
  else if (isOperationName(vector.op)) operations[vector.op](image, out, { width, height }, vector.magnitude);
  const different = out.reduce((sum, value, i) => sum + (value === expected[i] ? 0 : 1), 0);
  count(name, different === 0 ? null : `${'op' in vector ? `${name} ${vector.magnitude}` : JSON.stringify(vector.draw)} on ${width} × ${height}: ${different} of ${out.length} bytes differ`);
}

/** Ours, for each name that a file's spaces may have. */
function spaceOf(name: string): readonly OperationSpace[] | null {
  const [, policy, bins, height, width] = /^(\w+)\((\d+)(?:, (\d+)x(\d+))?\)$/.exec(name) ?? [];
  const size = { height: Number(height), width: Number(width) };
  if (policy === 'TrivialAugmentWide') return trivialAugmentSpace({ bins: Number(bins), strengths: {}, operations: null });
  if (policy === 'RandAugment') return randAugmentSpace(Number(bins), size);
  return policy === 'AutoAugment' && bins === '10' ? operationNames.filter((one) => one !== 'Identity').map((one) => autoAugmentSpace(one, size)) : null;
}

function replay({ vectors, hashed, spaces }: z.output<typeof fileSchema>): boolean {
  vectors.forEach(replayVector);
  for (const { draw, offset, sha256, ...size } of hashed) {
    const image = Uint8Array.from({ length: size.height * size.width * 3 }, (_, i) => ((i + offset) * 2654435761) >>> 24);
    const equal = createHash('sha256').update(applied(draw, size, image)).digest('hex') === sha256;
    count(`${draw.kind}, by hash`, equal ? null : `${JSON.stringify(draw)} on ${size.width} × ${size.height}: another hash`);
  }
  for (const [name, theirs] of Object.entries(spaces)) {
    if (name === 'AutoAugment CIFAR10 policy') count('sub-policies of AutoAugment', JSON.stringify(cifar10SubPolicies) === JSON.stringify(theirs) ? null : `${name}: another table`);
    const ours = spaceOf(name);
    if (ours === null) continue;
    const table = Object.fromEntries(ours.map(({ name: operation, magnitudes, signed }) => [operation, [magnitudes.length > 0 ? magnitudes : 0, signed]]));
    count(`magnitudes of ${name}`, sameEntries(table, theirs) ? null : `${name}: other magnitudes`);
  }
  for (const [name, { vectors: all, different }] of tallies) console.log(`${different === 0 ? 'equal' : 'DIFFERENT'}  ${name.padEnd(14)} ${all} vector${all === 1 ? '' : 's'}${different > 0 ? `, ${different} differ` : ''}`);
  const good = [...tallies.values()].every(({ different }) => different === 0);
  console.log(good ? `All ${vectors.length + hashed.length} vectors are equal, byte for byte.` : 'There are differences.');
  return good;
}

/** In any order of the operations. */
function sameEntries(ours: Record<string, unknown>, theirs: unknown): boolean {
  const sorted = (table: object) => JSON.stringify(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
  return typeof theirs === 'object' && theirs !== null && sorted(ours) === sorted(theirs);
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
