import { join } from 'node:path';
import { CultivarError } from '../contracts/errors';
import { exportManifestSchema, type ExportManifest } from '../contracts/exports';
import { readJson } from '../library/atomic';

/** @throws CultivarError export-damaged where the folder is no export of Cultivar's */
export async function readExportManifest(folder: string): Promise<ExportManifest> {
  try {
    return exportManifestSchema.parse(await readJson(join(folder, 'manifest.json')));
  } catch (error) {
    throw new CultivarError({ code: 'export-damaged', message: `${folder} is no export of Cultivar: its manifest.json cannot be used.`, remedy: 'Choose the folder that an export made.', detail: (error as Error).message }, { cause: error });
  }
}
