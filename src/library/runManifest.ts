import { z } from 'zod';
import { storedRunConfigSchema } from '../core/config/run';
import { runOutcomes } from '../core/run/events';
import { bestEpoch, type RunView } from '../core/run/view';

/** A run that waits, one that a process works on (or is meant to), and the four ways to end. */
const runStatuses = ['queued', 'running', ...runOutcomes] as const;

const accuracyAt = z.strictObject({ accuracy: z.union([z.number(), z.nan()]), epoch: z.number() });
const errorData = z.strictObject({
  code: z.string().min(1),
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
  /** Of the network that trained; absent in records from before there was a choice, which are float32. */
  precision: z.enum(['float32', 'bfloat16']).optional(),
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
  config: z.strictObject({ given: z.json(), resolved: storedRunConfigSchema }),
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
    /** Validation accuracy by epoch. */
    validationCurve: z.array(z.union([z.number(), z.nan()])),
    /** Why it has fewer epochs than its config asks for; absent where it has all, or has not ended. */
    shortened: z.enum(['early-stopping', 'time-budget']).optional(),
  }),
  /** Why it failed. */
  failure: errorData.nullable(),
});

export type RunManifest = z.output<typeof runManifestSchema>;

export const emptySummary: RunManifest['summary'] = { epochsDone: 0, step: 0, lastValidation: null, bestValidation: null, validationCurve: [] };

/** The results that lists show, from a run's events so far. */
export function summaryOf(view: Pick<RunView, 'epochs' | 'step'> & Partial<Pick<RunView, 'shortened'>>): RunManifest['summary'] {
  const at = (epoch: RunView['epochs'][number] | null | undefined) => (epoch ? { accuracy: epoch.validation.accuracy, epoch: epoch.epoch } : null);
  const last = view.epochs.at(-1);
  return {
    epochsDone: last?.epoch ?? 0, step: view.step, lastValidation: at(last), bestValidation: at(bestEpoch(view)),
    validationCurve: view.epochs.map((epoch) => epoch.validation.accuracy), ...(view.shortened && { shortened: view.shortened }),
  };
}
