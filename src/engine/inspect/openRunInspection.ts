import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CultivarError } from '../../contracts/errors';
import type { RunConfig } from '../../core/config/run';
import type { DatasetManifest } from '../../contracts/dataset';
import type { NamedTensor } from '../checkpoint/safetensors';
import { networkSpec } from '../loop/trainRun';
import { openInspection, type Inspection } from './inspection';
import { inspectedSpecs } from './buildInspection';

export type RunInspection = Omit<Inspection, 'close'> & { readonly classes: number; readonly height: number; readonly width: number; close(): Promise<void> };

/**
 * A run's network with the weights of a checkpoint, on the CPU: what is compared and looked into differs in the model alone.
 * @param step of the checkpoint, for what is said where it lacks something
 * @throws CultivarError checkpoint-damaged, and as `openInspection`
 */
export async function openRunInspection(config: RunConfig, dataset: DatasetManifest, weights: readonly NamedTensor[], step: number): Promise<RunInspection> {
  const spec = networkSpec({ ...config, device: 'cpu' }, dataset, 'cpu');
  const stored = new Map(weights.map((tensor) => [tensor.name, tensor]));
  const state = inspectedSpecs(spec).map(({ name, role }) => {
    const tensor = stored.get(name);
    if (!tensor) throw new CultivarError({ code: 'checkpoint-damaged', message: `Checkpoint ${step} lacks the tensor ${name}.` });
    return { ...tensor, role };
  });
  const scratch = await mkdtemp(join(tmpdir(), 'cultivar-inspect-'));
  const gone = () => rm(scratch, { recursive: true, force: true });
  const inspection = await openInspection(spec, state, scratch).catch(async (error: unknown) => {
    await gone();
    throw error;
  });
  const { classes, height, width } = spec;
  return {
    ...inspection, classes, height, width,
    close: async () => {
      inspection.close();
      await gone();
    },
  };
}
