import type { StoredEvent } from '../core/run/events';
import { confirmCachedEvents, fileMark, readCachedEvents, writeCachedEvents } from './eventCache';
import { fromColumns, toColumns } from './eventColumns';
import { parseEventLines, type EventLines } from './eventLines';
import { damagedRun, eventsFile, readEventText } from './runs';

/** Of a long run the events of all but the last lines come joined: steps between two other events as one, then the rates between them as one. */
export interface StoredEvents extends Omit<EventLines, 'events'> {
  readonly events: readonly StoredEvent[];
}

/** From this size on: what is below is read in a tenth of a second, line by line. */
const longBytes = 8e6;
/** Whoever reads a run while it is written compares its end with the events that are sent meanwhile; these are some minutes' worth. */
const linesAsWritten = 1024;

/**
 * All events of a run.
 * @throws CultivarError run-damaged, with the line, for anything but a torn last line
 */
export async function readEvents(library: string, id: string): Promise<StoredEvents> {
  const damaged = (line: number, error: unknown) => damagedRun(library, id, `line ${line} of events.jsonl is not an event`, error);
  // Before the file is read: what changes it later changes its mark.
  const mark = await fileMark(eventsFile(library, id));
  if (!mark || mark.bytes < longBytes) return parseEventLines(await readEventText(library, id), 0, 1, damaged);
  const cached = await readCachedEvents(library, id);
  if (cached?.isOf(mark)) {
    const rest = parseEventLines(await readEventText(library, id, cached.bytes), 0, cached.lines + 1, damaged);
    return { ...rest, wholeBytes: cached.bytes + rest.wholeBytes, events: joined(cached.events(), rest.events) };
  }
  const data = await readEventText(library, id);
  const known = cached?.beginning(data) ? cached : null;
  const [bytes, lines] = known ? [known.bytes, known.lines] : [0, 0];
  const rest = parseEventLines(data, bytes, lines + 1, damaged);
  const before = known?.events() ?? [];
  if (rest.wholeBytes - bytes < longBytes) {
    if (known) await confirmCachedEvents(library, id, mark);
    return { ...rest, events: joined(before, rest.events) };
  }
  const early = rest.events.slice(0, -linesAsWritten);
  const columns = toColumns(joined(before, early));
  await writeCachedEvents(library, id, mark, data, { bytes: startOfLastLines(data, rest.wholeBytes, linesAsWritten), lines: lines + early.length }, columns);
  return { ...rest, events: joined(fromColumns(columns), rest.events.slice(-linesAsWritten)) };
}

/** As `concat`, which is slow with many. */
function joined(first: readonly StoredEvent[], then: readonly StoredEvent[]): StoredEvent[] {
  const all = first.slice();
  for (const event of then) all.push(event);
  return all;
}

/** @param end of the whole lines */
function startOfLastLines(data: Buffer, end: number, lines: number): number {
  let at = end;
  for (let left = lines; left > 0 && at > 0; left--) at = data.lastIndexOf(10, at - 2) + 1;
  return at;
}
