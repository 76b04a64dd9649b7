import { glossary } from './glossaryEn';

/** What the frame around the pages says: keys, palette, glossary. */
export const shell = {
  glossary,
  keys: {
    title: 'Keys', outside: 'Single letters work outside fields.', lettersOff: 'Single letters are switched off in the settings.', here: 'this page',
    page: { everywhere: 'Everywhere', library: 'Library', wizard: 'New experiment, new run', live: 'Live, one run', queue: 'Queue', results: 'Results', datasets: 'Datasets', augmentation: 'Augmentation' },
    palette: 'Find anything', new: 'New experiment', places: 'Library, Live, Datasets, Augmentation, System', undo: 'Undo; in a field, its typing', redo: 'Bring back what was undone', check: 'Check the system again', pane: 'Next pane', arrows: 'Move in tables, images and charts (Shift: ten steps)', keys: 'These keys', close: 'Close what is topmost',
    search: 'Search', open: 'Open the selected row', details: 'Details of the selected row', mark: 'Mark a row, to compare (also Ctrl Space)', markAll: 'Mark every run that is shown', unfold: 'Close or open a row',
    start: 'Next step, start', editLevel: 'Edit a level', removeLevel: 'Remove a level or a factor', moveLevel: 'Move a level; the first is the reference', moveFactor: 'Move a factor',
    pause: 'Pause, continue', note: 'Note a moment of the run that trains', table: 'Curves as a table', nextRun: 'Previous, next run', reading: 'Move the reading',
    moveRun: 'Move a run (with Home, End: to an end)', takeOut: 'Take a run out of the queue',
    tab: 'Next tab (Shift: previous)', why: 'Where a number comes from', report: 'Report', zoom: 'Zoom curves in, out, to all', sameClass: 'All images of a class, on the map',
    samples: 'Other samples', difference: 'Difference of two twins', labelMark: 'Mark a doubtful label',
    image: 'Another image', anotherSeed: 'Another seed', epoch: 'One epoch back, on', moveOperation: 'Move an operation', removeOperation: 'Remove an operation',
  },
  palette: {
    title: 'Find', placeholder: 'View, experiment, run, setting or word', nothing: 'Nothing has this name.', choose: 'choose', open: 'open', allKeys: 'all keys', on: 'on', off: 'off', chosen: 'chosen', more: 'and {count} more',
    group: { recent: 'Recent', here: 'On this page', views: 'Views', experiments: 'Experiments', runs: 'Runs', datasets: 'Datasets', commands: 'Do', settings: 'Settings', words: 'Words' },
    theme: 'Theme: {theme}', language: 'Language: {language}', what: 'What is {term}?', words: 'All words', factor: 'New experiment with {field} as a factor', see: 'See what {policy} does to an image', filter: 'Filter the library: {policy}',
  },
};
