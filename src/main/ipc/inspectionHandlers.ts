import { z } from 'zod';
import type { InspectionSource } from '../../contracts/calls/inspection';
import { inspectionImages, openInspection } from '../../data/inspection';
import type { AppContext } from '../context';
import { handler, id, type Handlers } from './register';

type InspectionCalls = Extract<keyof Handlers, `inspection.${string}`>;

// The config's own schema judges `data`: here only that it is an object.
const source = z.union([
  z.strictObject({ runId: id }),
  z.strictObject({ datasetId: id, data: z.record(z.string(), z.unknown()).optional(), batchSize: z.int().min(2).optional() }),
]) as z.ZodType<InspectionSource>;
const revision = z.string().regex(/^[0-9a-f]{64}$/);

/** Images and splits for the inspector. */
export function inspectionHandlers({ libraryDir }: AppContext): Handlers<InspectionCalls> {
  return {
    'inspection.open': handler<'inspection.open'>(z.tuple([source]), (of) => openInspection(libraryDir, of)),
    'inspection.images': handler<'inspection.images'>(z.tuple([id, revision, z.array(z.int().min(0)).max(4096)]), (datasetId, of, indices) => inspectionImages(libraryDir, datasetId, of, indices)),
  };
}
