import { join } from 'node:path';
import type { ExportFormat, ExportPrecision } from '../../contracts/exports';
import type { TrainedModel } from '../model/trainedModel';
import type { Ranges } from './onnx/calibration';
import { onnxModel } from './onnx/onnxModel';
import { quantisedModel } from './onnx/quantisedModel';
import { writeSavedModelFormat } from './savedModel';
import { writePlainWeights, writeSafetensors } from './tensorFiles';
import { writeTfjs } from './tfjs';
import { writeSynced } from './writeSynced';

export interface FormatOptions {
  readonly precision: ExportPrecision;
  readonly fold: boolean;
  /** Of the values between layers; ONNX in int8 alone asks for them. */
  readonly ranges: Ranges | null;
  readonly cultivarVersion: string;
}

/** Formats that are run as they are do their own preprocessing; tensors alone cannot. */
export const preprocessingInside = (format: ExportFormat) => format !== 'safetensors' && format !== 'weights';

/** Whether batch norm ends up folded: asked for, or needed by ONNX in fewer bits. */
export const isFolded = (format: ExportFormat, precision: ExportPrecision, fold: boolean) => fold || (format === 'onnx' && precision !== 'float32');

/** Writes a format's own files into a folder. */
export async function writeFormat(format: ExportFormat, model: TrainedModel, { precision, fold, ranges, cultivarVersion }: FormatOptions, folder: string): Promise<void> {
  switch (format) {
    case 'safetensors': return writeSafetensors(model, precision, folder);
    case 'weights': return writePlainWeights(model, folder);
    case 'savedmodel': return writeSavedModelFormat(model, fold, folder);
    case 'tfjs': return writeTfjs(model, { fold, precision }, folder);
    case 'onnx': {
      if (precision === 'int8' && !ranges) throw new Error('int8 needs calibration.');
      const graph = ranges && precision === 'int8' ? quantisedModel(model, ranges) : onnxModel(model, { fold, type: precision === 'float16' ? 'float16' : 'float32' });
      return writeSynced(join(folder, 'model.onnx'), graph.encode({ labels: JSON.stringify(model.description.classes) }, cultivarVersion));
    }
  }
}
