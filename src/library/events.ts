import type { TrainerEvent } from '../core/run/events';
import { readCachedEvents, writeCachedEvents } from './eventCache';
import { fromColumns, toColumns } from './eventColumns';
import { parseEventLines, type EventLines } from './eventLines';
import { damagedRun, readEventText } from './runs';

/** Of a long run the events of all but the last lines come joined: steps between two other events as one, before the rates that lie between them. */
export type StoredEvents = EventLines;

/** From this size on: what is below is read in a tenth of a second, line by line. */
const longBytes = 8e6;
/** Whoever reads a run while it is written compares its end with the events that are sent meanwhile; these are some minutes' worth. */
const linesAsWritten = 1024;

/**
 * All events of a run.
 * @throws CultivarError run-damaged, with the line, for anything but a torn last line
 */
export async function readEvents(library: string, id: string): Promise<StoredEvents> {
  const data = await readEventText(library, id);
  const damaged = (line: number, error: unknown) => damagedRun(library, id, `line ${line} of events.jsonl is not an event`, error);
  if (data.length < longBytes) return parseEventLines(data, 0, 1, damaged);
  const cached = (await readCachedEvents(library, id, data)) ?? { events: [] as TrainerEvent[], bytes: 0, lines: 0 };
  const rest = parseEventLines(data, cached.bytes, cached.lines + 1, damaged);
  if (rest.wholeBytes - cached.bytes < longBytes) return { ...rest, events: joined(cached.events, rest.events) };
  const early = rest.events.slice(0, -linesAsWritten);
  const columns = toColumns(joined(cached.events, early));
  await writeCachedEvents(library, id, data, { bytes: startOfLastLines(data, rest.wholeBytes, linesAsWritten), lines: cached.lines + early.length }, columns);
  return { ...rest, events: joined(fromColumns(columns), rest.events.slice(-linesAsWritten)) };
}

/** As `concat`, which is slow with many. */
function joined(first: readonly TrainerEvent[], then: readonly TrainerEvent[]): TrainerEvent[] {
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
