import type { ConfigProblem } from '../../../core/config/problems';

export const steps = ['data', 'question', 'recipe', 'review'] as const;
export type Step = (typeof steps)[number];

const questionFields = new Set(['name', 'question', 'factors', 'design', 'seeds', 'marginPoints', 'search', 'halving', 'given']);

/** The step on which a problem can be mended; `varied` are the fields that are factors. */
export function stepOf({ path }: ConfigProblem, varied: readonly string[]): Step {
  const field = path.replace(/^base\./, '');
  if (varied.some((one) => field === one || field.startsWith(`${one}.`)) || questionFields.has(field.split('.')[0]!)) return 'question';
  if (field.startsWith('budget')) return 'review';
  return field === 'data' || field.startsWith('data.') ? 'data' : 'recipe';
}
