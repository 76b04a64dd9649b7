import { openLogitsProcess } from '../../trainer/host/logitsProcess';
import type { ModelRunner } from './runner';

/**
 * Opens a SavedModel in TensorFlow, in a process of its own: TensorFlow is loaded nowhere else.
 * @throws CultivarError export-damaged, or why there is no TensorFlow
 */
export async function openSavedModel(folder: string, shape: Pick<ModelRunner, 'classes' | 'input'>): Promise<ModelRunner> {
  const { tensorflowVersion, logits, close } = await openLogitsProcess({ kind: 'savedmodel', folder });
  return { runtime: `TensorFlow ${tensorflowVersion}`, ...shape, run: logits, close };
}
