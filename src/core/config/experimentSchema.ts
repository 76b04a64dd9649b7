import { z } from 'zod';

export type Json = string | number | boolean | null | { [key: string]: Json } | Json[];
const json: z.ZodType<Json> = z.json() as z.ZodType<Json>;
const field = z.string().min(1).max(200);

/** Where a search draws one field's value from. `points`: how many of them a grid takes; of `int` null takes all. */
const rangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ field, kind: z.literal('uniform'), low: z.number(), high: z.number(), points: z.int().min(1).max(64).default(3) }),
  /** Uniform in the logarithm; `low` is above 0. */
  z.strictObject({ field, kind: z.literal('log-uniform'), low: z.number().positive(), high: z.number().positive(), points: z.int().min(1).max(64).default(3) }),
  z.strictObject({ field, kind: z.literal('int'), low: z.int(), high: z.int(), points: z.int().min(1).max(64).nullable().default(null) }),
  z.strictObject({ field, kind: z.literal('choice'), values: z.array(json).min(1).max(64) }),
]);
export type SearchRange = z.output<typeof rangeSchema>;

/** `full-factorial`: every combination of levels. `one-at-a-time`: the first levels, and each other level on its own. The rest search. */
const designs = ['full-factorial', 'one-at-a-time', 'grid', 'random', 'halving'] as const;

const searchSchema = z.strictObject({
  space: z.array(rangeSchema).min(1).max(12),
  /** Draws, each trained with every combination of the factors' levels. For `random` and `halving`. */
  trials: z.int().min(1).max(1000).nullable().default(null),
  /** Of the draws; trial n is the same however many there are. */
  seed: z.int().min(0).default(1),
});

const halvingSchema = z.strictObject({
  /** Epochs of the first rung; each further rung trains `reductionFactor` times as long, up to `base.epochs`. */
  firstEpochs: z.int().min(1),
  /** Of each rung, one in so many goes on. */
  reductionFactor: z.int().min(2).max(64).default(3),
});

const budgetSchema = z.strictObject({
  /** Runs to train; those of the library that are counted instead cost nothing. */
  maxRuns: z.int().min(1).nullable().default(null),
  /** Minutes of training after which no further block is begun. */
  maxMinutes: z.number().positive().nullable().default(null),
});

/** A result from elsewhere: numbers only. It is shown and never counted, paired or reused. */
const givenSchema = z.strictObject({
  levels: z.record(z.string(), json),
  validationAccuracy: z.number().min(0).max(1),
  trainAccuracy: z.number().min(0).max(1).nullable().default(null),
  trainMeasuredOn: z.enum(['plain', 'augmented', 'unknown']).default('unknown'),
  /** Where the numbers are from. */
  source: z.string().trim().min(1).max(1000),
});

/** Factors × seeds over a base config. */
export const experimentSchema = z.strictObject({
  schemaVersion: z.literal(1).default(1),
  name: z.string().trim().min(1).max(200),
  /** The question in a person's words. */
  question: z.string().trim().max(500).default(''),
  /** A run config; what is left out takes its default. `seed` is set by `seeds`. */
  base: z.record(z.string(), json).default({}),
  /** The first level of each is the reference. None only where a search varies something. */
  factors: z.array(z.strictObject({ field, levels: z.array(json).min(2).max(64) })).max(6).default([]),
  design: z.enum(designs).default('full-factorial'),
  /** None only where every result is given. */
  seeds: z.array(z.int().min(0)).max(100),
  /** Differences inside ± this many points do not matter. */
  marginPoints: z.number().min(0).max(100).default(0.5),
  search: searchSchema.nullable().default(null),
  halving: halvingSchema.nullable().default(null),
  budget: budgetSchema.prefault({}),
  given: z.array(givenSchema).max(256).default([]),
});

export type ExperimentConfig = z.output<typeof experimentSchema>;
type Written = z.input<typeof experimentSchema>;
/** A file may leave `factors` out where it searches; what is made here says them. */
export type ExperimentConfigInput = Omit<Written, 'factors'> & Required<Pick<Written, 'factors'>>;
