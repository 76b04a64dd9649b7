import type { ImportOptions, ImportProgress } from '../contracts/importing';
import { shownName } from './containers/safeName';
import type { DecoderPool } from './decode/pool';
import { prepared } from './decode/prepareFile';
import type { DecodeOutcome, DecodeSource } from './decode/protocol';
import type { ImportLimits } from './limits';
import type { OpenedSource } from './openSource';
import { EntryProblem } from './problems';
import { Rate } from './rate';
import { itemsOf, type SourceItem } from './source';
import type { Staging } from './staging';

interface ReadOptions {
  readonly opened: OpenedSource;
  readonly options: ImportOptions;
  readonly side: number;
  readonly staging: Staging;
  readonly pool: DecoderPool;
  readonly limits: ImportLimits;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Images of a batch that goes to a decoder, and bytes of it: enough that the way there costs little, few enough that memory stays small. */
const batchImages = 32;
const batchBytes = 4 * 1024 ** 2;

type Pending = { readonly item: SourceItem; readonly outcome: DecodeOutcome | null };
type Batch = Promise<readonly Pending[]>;

/**
 * Reads every image of a source that is not there yet, decodes it elsewhere and stages it, in the order of the source. Memory holds two batches a
 * decoder, however many images there are.
 */
export async function readItems({ opened, options, side, staging, pool, limits, signal, onProgress }: ReadOptions): Promise<void> {
  const target = { width: side, height: side };
  const { source } = opened;
  const total = itemsOf(source);
  // Entries that were quarantined at the start are none of the source's items.
  const listed = source.quarantined.length;
  const from = Math.max(0, staging.journal.items - listed);
  const rate = new Rate(from);
  const batches: Batch[] = [];
  let [waiting, sources, bytes]: [Pending[], DecodeSource[], number] = [[], [], 0];

  const send = () => {
    if (waiting.length === 0) return;
    const own = waiting;
    const decoding = sources.length === 0 ? Promise.resolve([]) : pool.decode({ sources, target, largest: 0, fit: options.fit });
    batches.push(decoding.then((outcomes) => {
      let next = 0;
      return own.map(({ item, outcome }) => ({ item, outcome: outcome ?? (item.content.kind === 'problem' ? null : outcomes[next++]!) }));
    }));
    [waiting, sources, bytes] = [[], [], 0];
  };
  const settle = async () => {
    for (const { item, outcome } of await batches.shift()!) {
      if (options.validation === 'leave-out' && item.split === 'validation') staging.pass();
      else if (outcome && 'image' in outcome) await staging.add({ ...item, name: shownName(item.name) }, outcome.image);
      else await staging.quarantine({ file: shownName(item.name), ...(outcome ?? problemOf(item)) });
    }
    const done = staging.journal.items - listed;
    onProgress?.({ phase: 'read', done, total, quarantined: staging.journal.quarantined, ...rate.at(done, total) });
  };

  try {
    for await (const item of source.items(from)) {
      signal?.throwIfAborted();
      const { content } = item;
      const outcome = content.kind === 'pixels' ? { image: prepared(content.image, target, options.fit, { format: 'raw', alpha: content.alpha, turned: false }) } : await encoded(item);
      waiting.push({ item: content.kind === 'pixels' ? { ...item, content: { kind: 'bytes', bytes: noBytes } } : item, outcome });
      bytes += outcome && 'image' in outcome ? outcome.image.pixels.length : 0;
      if (waiting.length >= batchImages || bytes >= batchBytes) send();
      while (batches.length > pool.size * 2) await settle();
    }
    send();
    while (batches.length > 0) await settle();
  } finally {
    // Of a cancelled import: nobody waits for these, and an error of theirs is nobody's.
    await Promise.allSettled(batches);
  }

  /** Puts an image file among those that are decoded next; what cannot be read at all is an outcome already. */
  async function encoded(item: SourceItem): Promise<DecodeOutcome | null> {
    const { content } = item;
    if (content.kind === 'problem') return { reason: content.problem.reason, message: content.problem.message };
    if (content.kind === 'bytes') {
      sources.push({ bytes: content.bytes });
      bytes += content.bytes.length;
    } else if (content.kind === 'file') {
      if (content.open.path !== null) {
        sources.push({ path: content.open.path, most: limits.fileBytes });
        return null;
      }
      try {
        const read = await content.open.read(limits.fileBytes);
        sources.push({ bytes: read });
        bytes += read.length;
      } catch (error) {
        if (error instanceof EntryProblem) return { reason: error.reason, message: error.message };
        throw error;
      }
    }
    return null;
  }
}

const noBytes = new Uint8Array(0);

function problemOf({ content }: SourceItem): { reason: EntryProblem['reason']; message: string } {
  return content.kind === 'problem' ? { reason: content.problem.reason, message: content.problem.message } : { reason: 'unreadable', message: 'it could not be read' };
}
