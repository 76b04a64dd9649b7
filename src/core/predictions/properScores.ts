import type { Predicted } from './reading';

/**
 * Two proper scores. Log loss in nats: the mean of −ln p(true class), p not below 1e−7, since softmax values of float32 may be 0. Brier: the
 * mean of Σ (p − y)² over the classes.
 */
export function properScores({ classes, labels, probabilities }: Predicted): { readonly logLoss: number; readonly brier: number } {
  const k = classes.length;
  let [loss, brier] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    loss -= Math.log(Math.max(1e-7, probabilities[i * k + labels[i]!]!));
    for (let c = 0; c < k; c++) brier += (probabilities[i * k + c]! - (c === labels[i] ? 1 : 0)) ** 2;
  }
  return { logLoss: loss / Math.max(1, labels.length), brier: brier / Math.max(1, labels.length) };
}
