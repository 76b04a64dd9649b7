import { asTrainerEvent, type TrainerEvent } from '../core/run/events';
import { parseJson } from './json';
import { damagedRun, readEventText } from './runs';

export interface StoredEvents {
  readonly events: readonly TrainerEvent[];
  /** The unfinished last line, which a cut-off write leaves behind; null where there is none. It is not among the events. */
  readonly torn: { readonly line: number; readonly bytes: number } | null;
  /** Length of the whole lines: where the next event belongs. */
  readonly wholeBytes: number;
}

/**
 * All events of a run.
 * @throws CultivarError run-damaged, with the line, for anything but a torn last line
 */
export async function readEvents(library: string, id: string): Promise<StoredEvents> {
  return parseEventLines(await readEventText(library, id), (line, error) =>
    damagedRun(library, id, `line ${line} of events.jsonl is not an event`, error));
}

/** Pure part of `readEvents`. `damaged` makes the error for a bad line, counted from 1. */
function parseEventLines(data: Buffer, damaged: (line: number, error: unknown) => Error): StoredEvents {
  const events: TrainerEvent[] = [];
  let at = 0;
  for (let line = 1; at < data.length; line++) {
    const end = data.indexOf(10, at);
    const last = end === -1 || end === data.length - 1;
    const read = end === -1 ? null : readLine(data.toString('utf8', at, end));
    if (!read || 'error' in read) {
      // Only a line without its end, or a last one that is no JSON at all, can come from a write that was cut off.
      if (last && (!read || read.error instanceof SyntaxError)) return { events, torn: { line, bytes: data.length - at }, wholeBytes: at };
      throw damaged(line, read?.error);
    }
    events.push(read.event);
    at = end + 1;
  }
  return { events, torn: null, wholeBytes: at };
}

function readLine(text: string): { event: TrainerEvent } | { error: unknown } {
  try {
    return { event: asTrainerEvent(parseJson(text)) };
  } catch (error) {
    return { error };
  }
}
