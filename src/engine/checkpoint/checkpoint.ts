import { CultivarError, toErrorData, type CultivarErrorData } from '../../contracts/errors';
import type { RunConfig } from '../../core/config/run';
import { numericsVersion } from '../../core/run/numericsVersion';
import type { WeightsKind } from '../../core/run/weightsKind';
import { configHash } from '../../library/configHash';
import { averageFile, checkpointSteps, fileOfWeights, optimizerFile, readCheckpointFile, readPosition, weightsFile, writeCheckpoint, type CheckpointPosition } from '../../library/checkpoints';
import { averagePrefix, type StateTensor } from '../step/network';
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from './safetensors';

/** Where a run is: everything besides the network's state that a resume needs. */
export type Position = Pick<CheckpointPosition, 'step' | 'epochsDone' | 'sums' | 'elapsedMs' | 'validationAccuracy'>;

export const startPosition: Position = { step: 0, epochsDone: 0, sums: { loss: 0, correct: 0, images: 0 }, elapsedMs: 0, validationAccuracy: null };

export interface CheckpointIdentity {
  readonly library: string;
  readonly runId: string;
  readonly config: RunConfig;
  readonly dataRevision: string;
}

/** @returns bytes written */
export function saveCheckpoint({ library, runId, config, dataRevision }: CheckpointIdentity, position: Position, state: readonly StateTensor[]): Promise<number> {
  const of = (...roles: readonly StateTensor['role'][]) => state.filter(({ role }) => roles.includes(role));
  const averages = of('average').map((tensor) => ({ ...tensor, name: tensor.name.slice(averagePrefix.length) }));
  return writeCheckpoint(library, runId, { ...position, configHash: configHash(config), dataRevision, numericsVersion }, {
    [weightsFile]: encodeSafetensors(of('parameter', 'statistic'), { format: 'pt' }),
    [optimizerFile]: encodeSafetensors(of('optimizer')),
    ...(averages.length > 0 && { [averageFile]: encodeSafetensors(averages, { format: 'pt' }) }),
  });
}

export interface LoadedCheckpoint {
  readonly position: Position;
  readonly state: readonly StateTensor[];
  /** Newer checkpoints that were damaged and passed over. */
  readonly passedOver: readonly CultivarErrorData[];
}

/**
 * The last checkpoint that is whole; null where the run has none.
 * @throws CultivarError checkpoint-damaged where there are some and none is whole; config-invalid where config, data or numerics have changed
 */
export async function loadCheckpoint({ library, runId, config, dataRevision }: CheckpointIdentity): Promise<LoadedCheckpoint | null> {
  const steps = await checkpointSteps(library, runId);
  const passedOver: CultivarErrorData[] = [];
  for (const step of steps.reverse()) {
    try {
      const position = await readPosition(library, runId, step);
      checkSame(position, config, dataRevision);
      const weights = decodeSafetensors(await readCheckpointFile(library, runId, position, weightsFile));
      const optimizer = decodeSafetensors(await readCheckpointFile(library, runId, position, optimizerFile));
      const averages = position.files[averageFile] ? decodeSafetensors(await readCheckpointFile(library, runId, position, averageFile)) : [];
      const { epochsDone, sums, elapsedMs, validationAccuracy } = position;
      const isStatistic = (name: string) => name.endsWith('.running_mean') || name.endsWith('.running_var');
      const state: StateTensor[] = [
        ...weights.map((tensor) => ({ ...tensor, role: isStatistic(tensor.name) ? ('statistic' as const) : ('parameter' as const) })),
        ...optimizer.map((tensor) => ({ ...tensor, role: 'optimizer' as const })),
        ...averages.map((tensor) => ({ ...tensor, name: `${averagePrefix}${tensor.name}`, role: 'average' as const })),
      ];
      return { position: { step, epochsDone, sums, elapsedMs, validationAccuracy }, state, passedOver };
    } catch (error) {
      if (error instanceof CultivarError && error.code === 'config-invalid') throw error;
      passedOver.push(toErrorData(error));
    }
  }
  if (passedOver.length === 0) return null;
  throw new CultivarError({ code: 'checkpoint-damaged', message: `No checkpoint of the run ${runId} can be used. The newest: ${passedOver[0].message}`, remedy: 'Start the run anew.' });
}

/**
 * The weights of the last checkpoint that has them whole, or their moving average.
 * @throws CultivarError checkpoint-damaged where there is none
 */
export async function loadWeights(library: string, runId: string, kind: WeightsKind = 'raw'): Promise<{ step: number; epochsDone: number; tensors: readonly NamedTensor[]; passedOver: readonly CultivarErrorData[] }> {
  const passedOver: CultivarErrorData[] = [];
  for (const step of (await checkpointSteps(library, runId)).reverse()) {
    try {
      const position = await readPosition(library, runId, step);
      return { step, epochsDone: position.epochsDone, tensors: decodeSafetensors(await readCheckpointFile(library, runId, position, fileOfWeights[kind])), passedOver };
    } catch (error) {
      passedOver.push(toErrorData(error));
    }
  }
  const [newest] = passedOver;
  throw new CultivarError({ code: 'checkpoint-damaged', message: newest ? `No checkpoint of the run ${runId} can be used. The newest: ${newest.message}` : `The run ${runId} has no checkpoint yet.`, remedy: 'Train it on, or start it anew.' });
}

/**
 * The weights of one checkpoint, or their moving average.
 * @throws CultivarError checkpoint-damaged
 */
export async function weightsAt(library: string, runId: string, step: number, kind: WeightsKind = 'raw'): Promise<readonly NamedTensor[]> {
  return decodeSafetensors(await readCheckpointFile(library, runId, await readPosition(library, runId, step), fileOfWeights[kind]));
}

function checkSame(position: CheckpointPosition, config: RunConfig, dataRevision: string): void {
  const different = [
    position.configHash === configHash(config) ? null : 'its config',
    position.dataRevision === dataRevision ? null : 'its data set',
    position.numericsVersion === numericsVersion ? null : `the numerics of this version of Cultivar (${position.numericsVersion}, now ${numericsVersion})`,
  ].filter((what) => what !== null);
  if (different.length === 0) return;
  throw new CultivarError({ code: 'config-invalid', message: `The run cannot be resumed: ${different.join(' and ')} changed since its checkpoint was made.`, remedy: 'Restore what was changed, or start a new run.' });
}
