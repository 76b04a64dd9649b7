/**
 * Decay of an exponential moving average of weights with a step: average ← decay · average + (1 - decay) · weights. timm's ModelEmaV3: the
 * first step copies the weights; with `warmup` the decay rises as 1 - (1 + n)^(-2/3) over the n steps that follow, and stays at `decay` once there.
 * @param step counted from 1
 */
export function averageDecayAt(decay: number, warmup: boolean, step: number): number {
  const since = step - 1;
  if (since <= 0) return 0;
  return warmup ? Math.min(decay, 1 - (1 + since) ** (-2 / 3)) : decay;
}
