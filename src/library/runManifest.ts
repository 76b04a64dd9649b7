import { z } from 'zod';
import { errorCodes } from '../contracts/errors';
import { runConfigSchema } from '../core/config/run';

/** `queued`: waits. `interrupted`: its process ended without a word. `stopped`: by the user. The last four are ends. */
export const runStatuses = ['queued', 'running', 'completed', 'stopped', 'failed', 'interrupted'] as const;

const accuracyAt = z.strictObject({ accuracy: z.union([z.number(), z.nan()]), epoch: z.number() });
const errorData = z.strictObject({
  code: z.enum(errorCodes),
  message: z.string(),
  remedy: z.string().optional(),
  command: z.string().optional(),
  detail: z.string().optional(),
});

/** What surrounds a run and can change its last digits; known once it has started. */
const environmentSchema = z.strictObject({
  device: z.strictObject({ kind: z.enum(['cpu', 'gpu']), name: z.string() }),
  /** Why a GPU that is present is not used; null where there is none or it is used. */
  gpuNotUsed: z.string().nullable(),
  intraOpThreads: z.int().min(1),
  versions: z.strictObject({
    cultivar: z.string(),
    tensorflow: z.string(),
    node: z.string(),
    electron: z.string().nullable(),
    /** Recorded, never compared. */
    commit: z.string().nullable(),
  }),
});

/** `runs/<id>/manifest.json`, schema 1. */
export const runManifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  /** As shown; any language. */
  name: z.string(),
  status: z.enum(runStatuses),
  /** The config as it was written and with every default filled in. */
  config: z.strictObject({ given: z.json(), resolved: runConfigSchema }),
  seed: z.int().min(0),
  dataset: z.strictObject({ id: z.string(), revision: z.string() }),
  /** Raised only when a trajectory changes. */
  numericsVersion: z.int().min(1),
  environment: environmentSchema.nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  experimentId: z.string().nullable(),
  /** Results for lists; the events hold all of them. Validation accuracy from 0 to 1; epochs counted from 1. */
  summary: z.strictObject({
    epochsDone: z.number().min(0),
    step: z.int().min(0),
    lastValidation: accuracyAt.nullable(),
    bestValidation: accuracyAt.nullable(),
  }),
  /** Why it failed. */
  failure: errorData.nullable(),
});

export type RunManifest = z.output<typeof runManifestSchema>;
export type RunStatus = RunManifest['status'];
export type RunEnvironment = z.output<typeof environmentSchema>;

export const emptySummary: RunManifest['summary'] = { epochsDone: 0, step: 0, lastValidation: null, bestValidation: null };
