import { stat } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import { CultivarError } from '../../contracts/errors';
import type { ExportFormat, ExportManifest } from '../../contracts/exports';
import { fileHash } from '../../data/fileHash';
import { readExportManifest } from '../manifest';
import type { ModelDescription } from '../model/trainedModel';
import { openOnnx } from './onnxRunner';
import type { ModelRunner } from './runner';
import { openSavedModel } from './savedModelRunner';
import { openTensorFiles } from './tensorFiles';
import { openTfjs } from './tfjsRunner';

export type { ModelRunner } from './runner';

/**
 * Opens an export in the runtime that its format is for, after its files were compared with their recorded hashes.
 * @throws CultivarError export-damaged
 */
export async function openExport(folder: string): Promise<ModelRunner & { readonly manifest: ExportManifest }> {
  const manifest = await readExportManifest(folder);
  await checkFiles(folder, manifest);
  return { ...(await openFiles(folder, manifest.format, manifest.model)), manifest };
}

/** Opens the files of a format. The manifest need not be there yet. */
export function openFiles(folder: string, format: ExportFormat, model: ModelDescription): Promise<ModelRunner> {
  const shape = { classes: model.classes, input: model.input };
  switch (format) {
    case 'onnx': return openOnnx(join(folder, 'model.onnx'), shape);
    case 'tfjs': return openTfjs(folder, shape);
    case 'savedmodel': return openSavedModel(folder, shape);
    case 'safetensors':
    case 'weights': return openTensorFiles(folder, format, model);
  }
}

async function checkFiles(folder: string, { files }: ExportManifest): Promise<void> {
  for (const [name, { bytes, sha256 }] of Object.entries(files)) {
    const bad = (what: string) => new CultivarError({ code: 'export-damaged', message: `The export in ${folder} is damaged: ${name} ${what}.`, remedy: 'Export the model again.' });
    if (isAbsolute(name) || normalize(name).startsWith('..')) throw bad('lies outside of it');
    const found = await stat(join(folder, name)).catch(() => null);
    if (!found) throw bad('is missing');
    if (found.size !== bytes) throw bad(`has ${found.size} bytes instead of ${bytes}`);
    if (await fileHash(join(folder, name), 'sha256', 'hex') !== sha256) throw bad('has changed since it was written');
  }
}
