/** Key and values of a config problem's sentence (src/core/config/problems.ts), so that it can be said in any language. */
export interface ProblemText {
  readonly key: string;
  readonly values: Record<string, string>;
}

const forms: readonly [RegExp, string, readonly string[]][] = [
  [/^unknown field(?:; .* may hold (.*))?$/s, 'unknownField', ['allowed']],
  [/^must be at least low, (\S+), not (\S+)$/, 'atLeast', ['limit', 'value']],
  [/^must be at most base\.epochs, (\S+), not (\S+)$/, 'atMost', ['limit', 'value']],
  [/^must be at most (\S+), not (\S+): the space/, 'atMost', ['limit', 'value']],
  [/^must be at least (\S+), not (\S+): (?:one seed|the first rung)/, 'budgetBlock', ['limit', 'value']],
  [/^must be at least (\S+?)( \w+)?, not (.*)$/s, 'atLeast', ['limit', 'unit', 'value']],
  [/^must be at most (\S+?)( \w+)?, not (.*)$/s, 'atMost', ['limit', 'unit', 'value']],
  [/^must be greater than (\S+?)( \w+)?, not (.*)$/s, 'greater', ['limit', 'unit', 'value']],
  [/^must be less than (\S+?)( \w+)?, not (.*)$/s, 'less', ['limit', 'unit', 'value']],
  [/^must be a whole number, not (.*)$/s, 'wholeNumber', ['value']],
  [/^must be a number, not (.*)$/s, 'number', ['value']],
  [/^make (\d+) arms; (\d+) are allowed$/, 'tooManyArms', ['count', 'limit']],
  [/^make (\d+) runs with \d+ arms; (\d+) are allowed$/, 'tooManyRuns', ['count', 'limit']],
  [/^(\S+) and (\S+) overlap/, 'fieldsOverlap', ['field', 'other']],
  [/^epochs is no factor of a halving/, 'epochsHalving', []],
  [/^(\S+) is no factor: it changes/, 'noFactor', ['field']],
  [/^a level of (\S+) is given twice$/, 'levelTwice', ['field']],
  [/^is for the designs? .*, not (\S+)$/, 'otherDesign', ['design']],
  [/^is missing: the design (\S+) needs/, 'designNeeds', ['design']],
  [/^makes (\d+) runs, more than (\d+)$/, 'tooManyRuns', ['count', 'limit']],
  [/^(\S+) is given twice$/, 'fieldTwice', ['field']],
  [/^seed is no factor/, 'seedFactor', []],
  [/^a seed is given twice$/, 'seedTwice', []],
  [/^must be less than epochs: the rate/, 'everyLength', []],
  [/^must be less than epochs/, 'warmupLength', []],
  [/^is filled in where a run is extended/, 'continues', []],
  [/^must rise, begin/, 'milestones', []],
  [/^must leave two images/, 'parts', []],
  [/^must leave an epoch/, 'frozenLength', []],
  [/^needs starting weights of a file/, 'frozenScratch', []],
  [/^needs a network with a norm behind/, 'normsFollow', []],
  [/^mixup and cutmix mix whole batches/, 'mixLast', []],
  [/^(mixup and cutmix|alternatingFlip|each operation) stands? once/, 'operationOnce', []],
  [/^is one of the bins/, 'oneOfBins', []],
  [/^the first of the two is the smaller one/, 'pairOrder', []],
  [/^must be (.*), not (.*)$/s, 'oneOf', ['allowed', 'value']],
];

export function problemText(message: string): ProblemText {
  for (const [form, key, names] of forms) {
    const match = form.exec(message);
    if (match) return { key: `problem.${key}`, values: Object.fromEntries(names.map((name, i) => [name, (match[i + 1] ?? '').trim()])) };
  }
  return { key: 'problem.other', values: { message } };
}
