import { CultivarError, toErrorData, type CultivarErrorData } from '../../contracts/errors';
import { readDatasetManifest } from '../../data/openDataset';
import { readRun } from '../../library/runs';
import { isUsingGpuDevice, loadTensorFlow } from '../backend';
import type { CultivarErrorFacts } from '../../core/run/errorFacts';
import { tellOfMemory } from './tellOfMemory';
import { networkSpec } from './trainRun';
import { trainingSpec } from './trainingSpec';

/**
 * What `tellOfMemory` says of a run whose process is gone.
 * @param freeBytes that could be had before its network was opened
 * @throws CultivarError run-unknown, dataset-unknown, and as `networkSpec`
 */
export async function explainRunsMemory(library: string, runId: string, freeBytes: number, error: CultivarErrorFacts): Promise<CultivarErrorData> {
  const { config: { resolved: config }, dataset } = await readRun(library, runId);
  const spec = trainingSpec(networkSpec(config, await readDatasetManifest(library, dataset.id, dataset.revision), isUsingGpuDevice(loadTensorFlow()) ? 'gpu' : 'cpu'), config);
  const told = toErrorData(tellOfMemory(new CultivarError({ ...error, code: 'out-of-memory' }), spec, config.batchSize, freeBytes));
  return { ...told, message: `${told.message} ${error.message}` };
}
