import { nativeHost } from './nativeHost';

/**
 * How many runs may train at once. More than one GPU: one run each, up to what was asked for. One GPU: one run, since TensorFlow takes its
 * memory whole. CPU: as many as were asked for; they share its cores, so two take about twice as long each.
 * @param asked at least 1
 */
export async function slots(asked: number): Promise<number> {
  if (asked === 1) return 1;
  // Why there is no runtime is told by the run that wants it.
  const gpus = await nativeHost().then(({ gpusUsed }) => gpusUsed, () => 0);
  return gpus === 0 ? asked : Math.min(asked, gpus);
}
