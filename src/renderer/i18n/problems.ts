/** Key and values of a config problem's sentence (src/core/config/problems.ts), so that it can be said in any language. */
export interface ProblemText {
  readonly key: string;
  readonly values: Record<string, string>;
}

const forms: readonly [RegExp, string, readonly string[]][] = [
  [/^unknown field(?:; .* may hold (.*))?$/s, 'unknownField', ['allowed']],
  [/^must be at least (\S+?)( \w+)?, not (.*)$/s, 'atLeast', ['limit', 'unit', 'value']],
  [/^must be at most (\S+?)( \w+)?, not (.*)$/s, 'atMost', ['limit', 'unit', 'value']],
  [/^must be greater than (\S+?)( \w+)?, not (.*)$/s, 'greater', ['limit', 'unit', 'value']],
  [/^must be less than (\S+?)( \w+)?, not (.*)$/s, 'less', ['limit', 'unit', 'value']],
  [/^must be a whole number, not (.*)$/s, 'wholeNumber', ['value']],
  [/^must be a number, not (.*)$/s, 'number', ['value']],
  [/^makes (\d+) runs, more than (\d+)$/, 'tooManyRuns', ['count', 'limit']],
  [/^(\S+) is given twice$/, 'fieldTwice', ['field']],
  [/^seed is no factor/, 'seedFactor', []],
  [/^a seed is given twice$/, 'seedTwice', []],
  [/^must be less than epochs/, 'warmupLength', []],
  [/^must be (.*), not (.*)$/s, 'oneOf', ['allowed', 'value']],
];

export function problemText(message: string): ProblemText {
  for (const [form, key, names] of forms) {
    const match = form.exec(message);
    if (match) return { key: `problem.${key}`, values: Object.fromEntries(names.map((name, i) => [name, (match[i + 1] ?? '').trim()])) };
  }
  return { key: 'problem.other', values: { message } };
}
