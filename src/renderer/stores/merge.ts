import { isJoined, type StoredEvent, type TrainerEvent } from '../../core/run/events';

/**
 * A run's recorded events and those pushed while the record was being read, without the ones that are in both. Events are recorded
 * before they are pushed and in the same order, so what is in both is an end of the record and a beginning of the pushed.
 */
export function mergeEvents(recorded: readonly StoredEvent[], pushed: readonly TrainerEvent[]): StoredEvent[] {
  if (pushed.length === 0) return [...recorded];
  // What was joined is older than anything that is pushed now.
  const tail = recorded.slice(-pushed.length).map((event) => (isJoined(event) ? null : JSON.stringify(event)));
  const head = pushed.map((event) => JSON.stringify(event));
  for (let shared = Math.min(tail.length, head.length); shared > 0; shared--) {
    if (head.slice(0, shared).every((event, i) => event === tail[tail.length - shared + i])) return [...recorded, ...pushed.slice(shared)];
  }
  return [...recorded, ...pushed];
}
