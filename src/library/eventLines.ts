import { asTrainerEvent, type TrainerEvent } from '../core/run/events';
import { parseJson } from './json';

export interface EventLines {
  readonly events: readonly TrainerEvent[];
  /** The unfinished last line, which a cut-off write leaves behind; null where there is none. It is not among the events. */
  readonly torn: { readonly line: number; readonly bytes: number } | null;
  /** Length of the whole lines: where the next event belongs. */
  readonly wholeBytes: number;
}

/**
 * Lines of an events file from a byte on, one event each.
 * @param from where a line begins
 * @param firstLine its number, counted from 1
 * @param damaged makes the error for a bad line
 */
export function parseEventLines(data: Buffer, from: number, firstLine: number, damaged: (line: number, error: unknown) => Error): EventLines {
  const events: TrainerEvent[] = [];
  let at = from;
  for (let line = firstLine; at < data.length; line++) {
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
