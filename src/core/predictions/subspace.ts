import { CounterRandom } from '../random/philox';

/** Rows of `features` less the mean of each column. Shapes: [rows · columns], [rows][columns]. */
export function centred(features: Float32Array, columns: number): Float64Array[] {
  const rows = features.length / columns;
  const means = new Float64Array(columns);
  features.forEach((value, i) => { means[i % columns]! += value / rows; });
  return Array.from({ length: rows }, (_, row) => Float64Array.from({ length: columns }, (_unused, column) => features[row * columns + column]! - means[column]!));
}

/** Each row's product with each basis vector. Shapes: [rows][columns], [directions][columns] → [rows][directions]. */
export const onto = (data: readonly Float64Array[], basis: readonly Float64Array[]): Float64Array[] =>
  data.map((row) => Float64Array.from(basis, (vector) => dot(row, vector)));

/** Passes of the power iteration; more change nothing that a picture shows. */
const passes = 5;

/**
 * An orthonormal basis of the directions in which centred data vary most: subspace iteration from a fixed random start (Halko, Martinsson
 * and Tropp, "Finding structure with randomness", 2011, algorithm 4.4). What a full decomposition of 2,048 columns would take minutes for.
 * @returns [directions][columns]
 */
export function principalSubspace(data: readonly Float64Array[], directions: number): Float64Array[] {
  const columns = data[0]!.length;
  const random = new CounterRandom(0, 'principal subspace');
  let basis = Array.from({ length: directions }, () => Float64Array.from({ length: columns }, () => random.normal()));
  for (let pass = 0; pass < passes; pass++) {
    orthonormalise(basis);
    const next = basis.map(() => new Float64Array(columns));
    for (const row of data) {
      basis.forEach((vector, k) => {
        const weight = dot(row, vector);
        const sum = next[k]!;
        for (let column = 0; column < columns; column++) sum[column]! += weight * row[column]!;
      });
    }
    basis = next;
  }
  orthonormalise(basis);
  return basis;
}

/** Gram and Schmidt, twice, in place; a vector that the others span already becomes zero. */
function orthonormalise(basis: readonly Float64Array[]): void {
  basis.forEach((vector, k) => {
    const before = Math.sqrt(dot(vector, vector));
    for (let time = 0; time < 2; time++) {
      for (const other of basis.slice(0, k)) {
        const along = dot(vector, other);
        for (let i = 0; i < vector.length; i++) vector[i]! -= along * other[i]!;
      }
    }
    const length = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < vector.length; i++) vector[i] = length <= 1e-9 * before ? 0 : vector[i]! / length;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
