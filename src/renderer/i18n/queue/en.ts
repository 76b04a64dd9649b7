/** The queue, and an experiment as it fills up. */
export const queue = {
  title: 'Queue', trains: 'Trains now', waiting: 'Waiting', empty: 'The queue is empty.', nothingWaits: 'Nothing waits.', lone: 'a run of its own', seed: 'seed {seed}', pause: 'Pause the queue', continue: 'Continue the queue', atOnce: 'Runs at once', held: 'The queue is held.',
  pausedTitle: 'The queue is paused.', pausedNote: 'Nothing more is started until it is continued, also after a restart. What trains goes on.', keys: 'Alt with an arrow moves it, Delete takes it out of the queue', up: 'Move {name} up', down: 'Move {name} down', remove: 'Take {name} out of the queue',
  removed: '{name} is out of the queue.', cutShort: 'Cut short', cutShortDone: 'The experiment is cut short. | The experiment is cut short: 1 run is out of the queue. | The experiment is cut short: {count} runs are out of the queue.', place: 'This run is {at} of {all}', next: 'Next: {name}, seed {seed}.', more: 'none more wait. | 1 more waits. | {count} more wait.',
  left: '{time} left in all.', leftAtLeast: 'At least {time} left in all.', leftUntil: '{time} left, done about {clock}', timeUnknown: 'at least {time} left; the time of one run is not known yet | at least {time} left; the time of {count} runs is not known yet', timeNone: 'the time left is not known yet | the time of one run is not known yet | the time of {count} runs is not known yet', reorder: 'Reorder queue',
  foot: 'Rows are dragged, or moved with Alt ↑ ↓. Delete takes a run out: it is kept, and can be put back.',
  matrix: { caption: 'cells: validation %, last epoch', seed: 'seed', seeds: 'seeds {first} to {last}, from the left', now: 'now', missing: 'missing', cell: 'seed {seed}, {state}, {value} %', sentence: '{name}: {done} of {planned} runs done.' },
};
