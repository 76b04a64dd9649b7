/** Arithmetic mean, in two passes, so that values near one another keep their digits. @throws RangeError for no values */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('No values: a mean needs one at least.');
  const first = values.reduce((sum, value) => sum + value, 0) / values.length;
  return first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
}

/** Unbiased variance (over n - 1). @throws RangeError for fewer than two values */
export function variance(values: readonly number[]): number {
  if (values.length < 2) throw new RangeError(`${values.length} values: a variance needs two at least.`);
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
