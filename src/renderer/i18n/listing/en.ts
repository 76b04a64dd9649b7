/** The library's table of experiments and runs. */
export const listing = {
  experiments: 'Experiments', allRuns: 'Runs', view: 'What is listed', search: 'Search questions, settings', question: 'Question', verdictHead: 'Verdict', bestArm: 'Best arm', value: 'Val. %', effect: 'Effect, points', count: '{experiments}, {runs}', experimentCount: 'no experiments | 1 experiment | {count} experiments',
  state: { any: 'Any state', answered: 'Answered', undetermined: 'Undetermined', confounded: 'Confounded', running: 'Running', unfinished: 'Unfinished' },
  group: 'Group runs', ungrouped: 'Not grouped', by: 'By {field}', levels: '{count} × {field}', seeds: 'no seeds | 1 seed | {count} seeds', times: ', ', runs: 'no runs | 1 run | {count} runs', n: 'n = {n}', mean: 'mean',
  verdict: { better: '{level} is better', worse: '{level} is worse', same: 'No difference that matters', depends: 'Depends on {field}', best: '{arm} is best', confounded: 'Confounded', undetermined: 'Undetermined', running: 'Running, {done} of {planned}', interrupted: 'Unfinished, {done} of {planned}', unreadable: 'Cannot be read' },
  exampleLead: 'Or see why the write-up’s comparison cannot answer it?', example: 'Open it as an example',
  notYet: 'not before it ends', mark: 'Mark for a comparison', markRow: 'Mark {name} for a comparison', compare: 'Compare {count} runs', showArms: 'Show arms', hideArms: 'Hide arms', showSeeds: 'Show seeds', hideSeeds: 'Hide seeds', columns: 'Columns',
  column: { curve: 'Curve', interval: '95 % interval', best: 'Best epoch', effect: 'Effect', when: 'When' }, effectsNote: 'points of validation accuracy', remove: 'Move to the bin', created: 'Made', progress: '{completed} of {planned} done | {completed} of {planned} done, 1 failed | {completed} of {planned} done, {failed} failed',
  foot: 'Effect column: the difference that the question asks about, in points, with its 95 % interval (Holm). Shaded: too small to matter. Open dot: one run an arm, no interval possible.',
};
