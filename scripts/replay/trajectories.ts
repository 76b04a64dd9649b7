import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { CultivarError } from '../../src/contracts/errors';

const caseSchema = z.strictObject({
  arch: z.enum(['resnet18', 'resnet34', 'resnet50', 'resnet101', 'resnet152']),
  stem: z.enum(['imagenet', 'cifar']),
  batch: z.int().min(1),
  steps: z.int().min(1),
  optimizer: z.enum(['sgd', 'adam', 'adamw']),
  lr: z.number().positive(),
  weightDecay: z.number().min(0).default(5e-4),
  nesterov: z.boolean().default(false),
  eps: z.number().positive().default(1e-8),
  labelSmoothing: z.number().min(0).lt(1).default(0),
  clipNorm: z.number().min(0).nullish(),
});

const resultSchema = z.object({
  loss: z.array(z.number()),
  correct: z.array(z.int()),
  logits: z.array(z.array(z.number())),
  l2: z.record(z.string(), z.number()),
});

const fileSchema = z.object({
  made_with: z.record(z.string(), z.string()),
  mean: z.array(z.number()).length(3),
  std: z.array(z.number().positive()).length(3),
  trajectories: z.array(z.object({ case: caseSchema, float64: resultSchema, float32: resultSchema })).min(1),
});

export type TrajectoryCase = z.output<typeof caseSchema>;
/** What a run of a case gives: per step loss and right answers, then the logits of the first test images and norms of tensors. */
export type TrajectoryResult = z.output<typeof resultSchema>;
export type TrajectoryFile = z.output<typeof fileSchema>;

/**
 * Reads a file of training trajectories as reference/make_trajectories.py writes them.
 * @throws CultivarError 'config-unreadable' or 'config-invalid' that names the field
 */
export async function readTrajectories(path: string): Promise<TrajectoryFile> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new CultivarError({ code: 'config-unreadable', message: `${path} cannot be read: ${(error as Error).message}` });
  }
  const parsed = fileSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new CultivarError({ code: 'config-invalid', message: `${path}: ${issue.path.join('.')}: ${issue.message}` });
}
