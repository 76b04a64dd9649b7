/**
 * torch.optim.lr_scheduler.OneCycleLR of two phases with cosine annealing (Smith and Topin 2019): from peak / divFactor up to the peak over
 * `warmupFraction` of the steps (torch's pct_start), then down to peak / divFactor / finalDivFactor at the last step. Momentum is not cycled.
 * @param step counted from 0
 */
export function oneCycleRate({ learningRate: peak, warmupFraction, divFactor, finalDivFactor }: { readonly learningRate: number; readonly warmupFraction: number; readonly divFactor: number; readonly finalDivFactor: number }, step: number, totalSteps: number): number {
  const first = peak / divFactor;
  const last = first / finalDivFactor;
  const top = warmupFraction * totalSteps - 1;
  // Too short a rise has no step of its own; torch would divide by zero.
  if (top > 0 && step <= top) return annealed(first, peak, step / top);
  const start = Math.max(0, top);
  return annealed(peak, last, Math.min(1, (step - start) / Math.max(1e-12, totalSteps - 1 - start)));
}

const annealed = (from: number, to: number, part: number) => to + ((from - to) / 2) * (Math.cos(Math.PI * part) + 1);
