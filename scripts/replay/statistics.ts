import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { CultivarError } from '../../src/contracts/errors';

const level = z.number().gt(0).lt(1);
const numbers = z.array(z.number());
const pair = z.tuple([z.number(), z.number()]);
const count = z.int().min(0);
const test = z.strictObject({ difference: z.number(), interval: pair, t: z.number(), df: z.number(), p: z.number() });
const factorialRow = z.looseObject({ seed: z.int(), value: z.number() });
const effect = z.strictObject({
  factor: z.string(), level: z.string(), against: z.string(), difference: z.number(), standardError: z.number(), interval: pair, p: z.number(),
});

/** A simple effect, or an interaction where `other` is given. */
const contrast = z.strictObject({
  factor: z.string(), level: z.string(), against: z.string(), other: z.string().optional(), otherLevel: z.string().optional(), otherAgainst: z.string().optional(),
  at: z.record(z.string(), z.string()), difference: z.number(), standardError: z.number(), interval: pair, p: z.number(), pAdjusted: z.number(),
});
const factorialInput = z.strictObject({ factors: z.record(z.string(), z.array(z.string()).min(1)), rows: z.array(factorialRow).min(1), level });

const of = <K extends string, I extends z.ZodType, E extends z.ZodType>(kind: K, input: I, expected: E) =>
  z.strictObject({ kind: z.literal(kind), input, expected });

const caseSchema = z.discriminatedUnion('kind', [
  of('wilson', z.strictObject({ k: count, n: count, level }), z.strictObject({ interval: pair })),
  of('mcnemar', z.strictObject({ b: count, c: count }), z.strictObject({ p: z.number() })),
  of('paired', z.strictObject({ a: numbers, b: numbers, level }), test),
  of('welch', z.strictObject({ a: numbers, b: numbers, level }), test),
  of('equivalence', z.strictObject({ a: numbers, b: numbers, margin: z.number() }), z.strictObject({ p: z.number() })),
  of('holm', z.strictObject({ p: numbers }), z.strictObject({ adjusted: numbers })),
  of('seedsNeeded', z.strictObject({ difference: z.number(), deviation: z.number(), power: level, alpha: level }),
    z.strictObject({ n: z.number().nullable() })),
  of('calibration', z.strictObject({ confidences: numbers, correct: numbers, bins: z.int() }), z.strictObject({ ece: z.number() })),
  of('contrasts', factorialInput, z.strictObject({ contrasts: z.array(contrast), residualDf: z.number() })),
  of('factorial', factorialInput,
    z.strictObject({
      effects: z.array(effect),
      anova: z.record(z.string(), z.strictObject({ F: z.number(), df: z.number(), p: z.number() })),
      residualDf: z.number(),
      residualDeviation: z.number(),
    })),
]);

const fileSchema = z.object({ made_with: z.record(z.string(), z.string()), cases: z.array(caseSchema).min(1) });

export type StatisticsCase = z.output<typeof caseSchema>;

/**
 * Reads a file of reference statistics, cases of {kind, input, expected}. statsmodels writes NaN where its search for seeds fails; JSON
 * has no NaN, so it is read as null there.
 * @throws CultivarError 'config-unreadable' or 'config-invalid' that names the field
 */
export async function readStatistics(path: string): Promise<readonly StatisticsCase[]> {
  let content: unknown;
  try {
    content = JSON.parse((await readFile(path, 'utf8')).replace(/("n":\s*)NaN/g, '$1null'));
  } catch (error) {
    throw new CultivarError({ code: 'config-unreadable', message: `${path} cannot be read: ${(error as Error).message}` });
  }
  const parsed = fileSchema.safeParse(content);
  if (parsed.success) return parsed.data.cases;
  const issue = parsed.error.issues[0]!;
  throw new CultivarError({ code: 'config-invalid', message: `${path}: ${issue.path.join('.')}: ${issue.message}` });
}
