import { parseJson } from './json';
import { damagedRun, readEventText } from './runs';

export interface StoredEvents<E> {
  readonly events: readonly E[];
  /** The unfinished last line, which a cut-off write leaves behind; null where there is none. It is not among the events. */
  readonly torn: { readonly line: number; readonly bytes: number } | null;
  /** Length of the whole lines: where the next event belongs. */
  readonly wholeBytes: number;
}

/** Makes an event of what a line holds; throws for anything else. */
export type EventParser<E> = (document: unknown) => E;

/**
 * All events of a run.
 * @throws CultivarError run-damaged, with the line, for anything but a torn last line
 */
export async function readEvents<E>(library: string, id: string, parse: EventParser<E>): Promise<StoredEvents<E>> {
  return parseEventLines(await readEventText(library, id), parse, (line, error) =>
    damagedRun(library, id, `line ${line} of events.jsonl is not an event`, error));
}

/** Pure part of `readEvents`. `damaged` makes the error for a bad line, counted from 1. */
export function parseEventLines<E>(data: Buffer, parse: EventParser<E>, damaged: (line: number, error: unknown) => Error): StoredEvents<E> {
  const events: E[] = [];
  let at = 0;
  for (let line = 1; at < data.length; line++) {
    const end = data.indexOf(10, at);
    const last = end === -1 || end === data.length - 1;
    const read = end === -1 ? null : readLine(data.toString('utf8', at, end), parse);
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

function readLine<E>(text: string, parse: EventParser<E>): { event: E } | { error: unknown } {
  try {
    return { event: parse(parseJson(text)) };
  } catch (error) {
    return { error };
  }
}
