/**
 * Fraction of images whose label is among the `k` most probable classes. Of equal probabilities the first class counts as the larger, as
 * argmax has it. Shapes: labels [n], probabilities [n, classes].
 */
export function topAccuracy(labels: ArrayLike<number>, probabilities: ArrayLike<number>, classes: number, k: number): number {
  let right = 0;
  for (let i = 0; i < labels.length; i++) {
    const [row, label] = [i * classes, labels[i]!];
    let before = 0;
    for (let c = 0; c < classes; c++) {
      const [other, own] = [probabilities[row + c]!, probabilities[row + label]!];
      if (other > own || (other === own && c < label)) before++;
    }
    if (before < k) right++;
  }
  return right / labels.length;
}
