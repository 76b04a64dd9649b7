import { join } from 'node:path';
import type { ExportFormat } from '../../contracts/exports';
import { writeSynced } from '../formats/writeSynced';
import type { ModelDescription } from '../model/trainedModel';
import { exampleOf } from './examples';

/** What goes along with a model's own files, besides the card and the manifest: labels.txt, preprocessing.json and an example. */
export async function writePaper(format: ExportFormat, model: ModelDescription, folder: string): Promise<void> {
  const { input, normalization } = model;
  await writeSynced(join(folder, 'labels.txt'), model.classes.map((label) => `${label.replace(/[\r\n]+/g, ' ')}\n`).join(''));
  await writeSynced(join(folder, 'preprocessing.json'), `${JSON.stringify({
    schemaVersion: 1, colours: 'RGB', layout: 'NHWC', dtype: 'uint8', ...input, mean: normalization.mean, deviation: normalization.deviation,
    formula: '(x / 255 - mean) / deviation', inside: normalization.inside,
  }, null, 2)}\n`);
  const example = exampleOf(format, model);
  await writeSynced(join(folder, example.file), example.text);
}
