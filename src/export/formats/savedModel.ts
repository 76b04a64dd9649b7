import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSavedModel } from '../../engine/graph/savedModel';
import type { TrainedModel } from '../model/trainedModel';
import { frozenGraph } from './frozenGraph';

/** saved_model.pb: the frozen graph. There are no variables, so there is no variables/ folder. */
export async function writeSavedModelFormat(model: TrainedModel, fold: boolean, folder: string): Promise<void> {
  const written = writeSavedModel(frozenGraph(model, { fold, dtype: 'uint8' }), folder);
  await rename(join(written, 'saved_model.pb'), join(folder, 'saved_model.pb'));
  await rm(written, { recursive: true });
}
