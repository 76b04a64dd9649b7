import { z } from 'zod';
import { augmentationSchema, type PolicyOperation } from '../../../core/config/augmentation';
import type { Term } from '../../../core/inspection';
import { draftOf, type PolicyDraft, type PolicyItem } from './policy/edit';

export const drawCounts = [16, 32, 64] as const;
export const studies = ['strength', 'drawn', 'average', 'mix', 'fed'] as const;
export type Study = (typeof studies)[number];
export type Side = 'a' | 'b';

/** The two policies that are looked at; no second one: `b` is null. */
export interface Policies { readonly a: PolicyDraft; readonly b: PolicyDraft | null }

/** Where a person is in the inspector, but for the policies. */
export interface Viewpoint {
  /** null: the data set that the window looks at. */
  readonly datasetId: string | null;
  /** Of the image in its data set; null: one of the first. */
  readonly index: number | null;
  /** Only images of this class are offered; null: of every class. */
  readonly label: number | null;
  readonly seed: number;
  /** Of the first draw, from 1. */
  readonly epoch: number;
  readonly draws: (typeof drawCounts)[number];
  /** Of a run on the data set: it says who is mixed with whom; null: a new run's default. */
  readonly batchSize: number | null;
  readonly side: Side;
  readonly study: Study;
  /** Of the strip: which operation (core's id), how strong, and which way. */
  readonly subject: string | null;
  readonly step: number;
  readonly direction: 1 | -1;
  /** The run whose first batch is shown. */
  readonly runId: string | null;
  /** The run whose split, batches and exclusions the images have; null: those of a new run on the data set. */
  readonly ofRun: string | null;
}

const item = z.object({ operation: z.unknown(), on: z.boolean(), off: z.array(z.string()) });
const draftSchema = z.array(item).transform((items, context): PolicyDraft => {
  const parsed = augmentationSchema.safeParse(items.map(({ operation }) => operation));
  if (!parsed.success) {
    context.addIssue({ code: 'custom', message: 'no policy' });
    return z.NEVER;
  }
  return (parsed.data as PolicyOperation[]).map((operation, i): PolicyItem => ({ operation, on: items[i]!.on, off: items[i]!.off as Term[] }));
});

const whole = (first: number) => z.int().min(first).max(2 ** 32 - 1);
const schema = z.object({
  datasetId: z.string().nullable().catch(null),
  index: whole(0).nullable().catch(null),
  label: whole(0).nullable().catch(null),
  seed: z.int().min(0).catch(1),
  epoch: whole(1).catch(1),
  draws: z.union(drawCounts.map((count) => z.literal(count))).catch(16),
  batchSize: z.int().min(2).max(65_536).nullable().catch(null),
  side: z.enum(['a', 'b']).catch('b'),
  study: z.enum(studies).catch('strength'),
  subject: z.string().nullable().catch(null),
  step: whole(0).catch(17),
  direction: z.union([z.literal(1), z.literal(-1)]).catch(1),
  runId: z.string().nullable().catch(null),
  ofRun: z.string().nullable().catch(null),
  a: draftSchema.catch(() => draftOf('crop-flip')),
  b: draftSchema.nullable().catch(null),
});

/** The first time: the two policies that most runs have, side by side. */
const first = { b: draftOf('crop-flip-trivialaugment') };

/** What was remembered; each part that cannot be read is as at the first time. @param text JSON, null where there is none */
export function remembered(text: string | null): { readonly place: Viewpoint; readonly policies: Policies } {
  let kept: unknown = null;
  try {
    kept = JSON.parse(text ?? 'null');
  } catch {
    // What cannot be read is no memory.
  }
  const { a, b, ...place } = schema.parse(typeof kept === 'object' && kept !== null ? kept : first);
  return { place: { ...place, side: b === null ? 'a' : place.side }, policies: { a, b } };
}

export const toRemember = (place: Viewpoint, { a, b }: Policies): string => JSON.stringify({ ...place, a, b });
