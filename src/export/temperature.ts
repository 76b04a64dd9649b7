import { calibrationOf } from '../core/predictions/calibration';
import { readPredictions } from '../core/predictions/reading';
import { CultivarError } from '../contracts/errors';
import type { ExportManifest, ExportRequest } from '../contracts/exports';
import { openLogitsProcess } from '../trainer/host/logitsProcess';
import { logitsOf } from './parity/measure';
import type { ExportSource } from './source';

/**
 * The temperature of the weights that are exported, fitted on all validation images of the run, with the calibration error it mends.
 * @param signal ends it with its reason
 * @throws CultivarError usage with too few validation images; why the trained model cannot be opened
 */
export async function fittedTemperature(library: string, { dataset: { store, classes }, validation, position }: ExportSource, { runId, weights }: ExportRequest, signal: AbortSignal, onDone: (done: number, total: number) => void): Promise<NonNullable<ExportManifest['temperature']>> {
  const reference = await openLogitsProcess({ kind: 'run', libraryDir: library, runId, step: position.step, weights });
  const logits = await logitsOf(reference.logits, store, validation, classes.length, signal, (done) => { onDone(done, validation.length); }).finally(reference.close);
  const predicted = { classes, labels: Array.from(validation, (index) => store.labels[index]!), probabilities: softmaxRows(logits, classes.length) };
  const reading = readPredictions(predicted);
  const calibration = calibrationOf(predicted, reading);
  if (!calibration) throw new CultivarError({ code: 'usage', message: 'A temperature is fitted on validation images, and this run has too few of them.' });
  return { value: calibration.temperature, images: validation.length, errorBefore: reading.expectedCalibrationError, errorAfter: calibration.errorAfter };
}

function softmaxRows(logits: Float32Array, classes: number): Float32Array {
  const rows = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const largest = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    const sum = row.reduce((total, value) => total + Math.exp(value - largest), 0);
    row.forEach((value, c) => { rows[start + c] = Math.exp(value - largest) / sum; });
  }
  return rows;
}
