import { describe, expect, it } from 'vitest';
import { parseWith } from '../../core/config/problems';
import { runConfigSchema } from '../../core/config/run';
import { problemText } from './problems';

const keyOf = (document: unknown) => {
  const parsed = parseWith(runConfigSchema, document);
  return parsed.ok ? 'ok' : problemText(parsed.problems[0]!.message).key;
};

/** The sentences are matched as core writes them: a new wording there must be met here. */
describe('every kind of problem the form can meet has a sentence of its own', () => {
  it.each([
    [{ batchSize: 1 }, 'problem.atLeast'],
    [{ epochs: 1e6 }, 'problem.atMost'],
    [{ epochs: 2.5 }, 'problem.wholeNumber'],
    [{ epochs: 'many' }, 'problem.number'],
    [{ epochs: null }, 'problem.number'],
    [{ schedule: { learningRate: 0 } }, 'problem.greater'],
    [{ schedule: { learningRate: 'x' } }, 'problem.number'],
    [{ labelSmoothing: 1 }, 'problem.less'],
    [{ epochs: 3, schedule: { warmupEpochs: 3 } }, 'problem.warmupLength'],
    [{ augmentation: 'mixup' }, 'problem.oneOf'],
    [{ lr: 1 }, 'problem.unknownField'],
  ])('%j', (document, key) => { expect(keyOf(document)).toBe(key); });
});
