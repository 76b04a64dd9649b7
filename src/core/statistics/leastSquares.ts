/** The QR decomposition of a design matrix, kept as what fits need. Columns in the order given. */
export interface Decomposition {
  /** Qᵀy, one number a row; those past the number of columns are the residual. */
  readonly projected: Float64Array;
  /** wᵀβ and the factor sqrt(wᵀ (XᵀX)⁻¹ w) that turns the residual deviation into its standard error. */
  estimate(weights: readonly number[]): { readonly value: number; readonly unitError: number };
}

/**
 * Ordinary least squares by Householder reflections (Golub and Van Loan, Matrix Computations, 5.2).
 * @param design rows of equal length, at least as many as columns
 * @param values one number a row
 * @throws RangeError where a column follows from those before it: its effect cannot be told apart
 */
export function decompose(design: readonly (readonly number[])[], values: readonly number[]): Decomposition {
  const rows = design.length;
  const columns = design[0]?.length ?? 0;
  const a = Array.from({ length: columns }, (_, column) => Float64Array.from(design, (row) => row[column]!));
  const y = Float64Array.from(values);
  const diagonal = new Float64Array(columns);
  for (let k = 0; k < columns; k++) {
    const v = a[k]!;
    const whole = Math.hypot(...v);
    const norm = Math.hypot(...v.subarray(k));
    if (k >= rows || norm <= 1e-10 * whole) throw new RangeError('The design leaves an effect undetermined: runs are missing.');
    const reflected = v[k]! > 0 ? -norm : norm;
    diagonal[k] = reflected;
    v[k] = v[k]! - reflected;
    const squared = v.subarray(k).reduce((sum, value) => sum + value * value, 0);
    for (const other of [...a.slice(k + 1), y]) {
      let product = 0;
      for (let i = k; i < rows; i++) product += v[i]! * other[i]!;
      const factor = (2 * product) / squared;
      for (let i = k; i < rows; i++) other[i] = other[i]! - factor * v[i]!;
    }
  }
  return {
    projected: y,
    estimate(weights) {
      // u = R⁻ᵀ w; the estimate is uᵀ Qᵀy and its variance sigma² |u|².
      const u = new Float64Array(columns);
      let value = 0;
      for (let k = 0; k < columns; k++) {
        let rest = weights[k]!;
        for (let j = 0; j < k; j++) rest -= a[k]![j]! * u[j]!;
        u[k] = rest / diagonal[k]!;
        value += u[k]! * y[k]!;
      }
      return { value, unitError: Math.hypot(...u) };
    },
  };
}

/** Sum-to-zero coding of one of `levels` levels: the last is minus all others. */
export const sumCoding = (level: number, levels: number): number[] =>
  Array.from({ length: levels - 1 }, (_, i) => (level === levels - 1 ? -1 : Number(level === i)));
