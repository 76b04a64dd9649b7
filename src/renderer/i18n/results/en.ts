/** The results of an experiment. Verdicts and their sentences are not here: core/judgement/words has them, for the report too. */
export const results = {
  tab: { answer: 'Answer', curves: 'Curves', images: 'Images', runs: 'Runs', setup: 'Setup', report: 'Report' },
  comparison: 'Comparison', addRuns: 'Add runs', exportReport: 'Export report', caveats: 'Also to know', noFigure: 'Nothing to draw yet.', open: 'Results',
  points: '{value} points', range: '{low} to {high}', seed: 'seed', seedOf: 'seed {seed}', unknown: 'unknown', and: ' and the ', inBrackets: ' ({text})', semicolon: '; ', colon: ': ',
  verdict: { better: 'better', worse: 'worse', same: 'no difference', undetermined: 'undetermined' },
  chips: {
    one: 'n = 1 an arm, no interval possible', paired: '{n} paired seeds an arm', seeds: '{n} seeds an arm', uneven: '{least} to {most} seeds an arm', unpaired: 'Compared unpaired', runs: 'no run | 1 run | {count} runs',
    runsOn: 'no run on {images} validation images | 1 run on {images} validation images | {count} runs on {images} validation images', failed: '1 run did not complete | {count} runs did not complete', closed: 'Test set not opened', opened: 'Test set opened once | Test set opened {count} times',
  },
  arms: {
    title: 'Arms', arm: 'Arm', validation: 'Validation %', interval: '95 %', best: 'Best %', train: 'Train %', gap: 'Gap', one: 'n = 1', caption: 'mean of {n} seeds with 95 % interval; thin ticks are single seeds', captionOne: 'one run an arm; an open dot has no interval', captionMixed: 'mean over seeds with 95 % interval; thin ticks are single seeds',
    reads: '{arm}, {value}: how sure, and where from',
  },
  effects: {
    title: 'Effects', paired: 'points of validation accuracy, paired over seeds', partlyPaired: 'points of validation accuracy, partly unpaired', unpaired: 'points of validation accuracy, unpaired', caption: 'line: adjusted for all rows (Holm); shaded: ±{margin}, too small to matter',
    none: 'No two arms differ in one thing only.', all: 'All {count} differences', fewer: 'Fewer', change: 'Change', at: 'At', difference: 'Difference', interval: '95 % interval, Holm', verdict: 'Verdict', reads: '{what}: {value}, 95 % interval {range}. How sure, and where from',
  },
  interaction: { title: 'Does one depend on the other?' },
  fit: { title: 'What the curves say', caption: 'gap: plain training images minus validation, in points' },
  time: { title: 'Accuracy at equal time', caption: 'validation %, mean of the seeds, after so much training', front: 'Front', onFront: 'none is faster and better' },
  imagewise: { caption: 'two networks of one seed on the same images; says nothing of other seeds' },
  running: { progress: '{done} of {planned} runs' },
  confounded: {
    title: 'This comparison cannot say what helped: one thing changed with its surroundings. | This comparison cannot say what helped: one thing changed with its surroundings. | This comparison cannot say what helped: {count} things changed at once.',
    why: 'Between the arms the {fields} differ. The {difference} points may come from any of them, or from several pulling in opposite directions.', whyNoNumber: 'Between the arms the {fields} differ. A difference may come from any of them.',
    answerIt: 'What would answer it', answerItNote: '{rows} × {columns}, no arm missing | {rows} × {columns}, the missing arm dashed | {rows} × {columns}, the {count} missing arms dashed', missing: 'missing', plus: '+ 0 runs | + 1 run | + {count} runs', have: 'no run | 1 run | {n} runs',
    howToRead: 'Down a column only {down} changes; along a row only {across}.', oneByOne: 'Each arm departs from the first in one thing only.', seeds: '{seeds} seeds give each difference an interval.', add: 'Add the missing runs | Add the missing run | Add the {count} missing runs',
    givenNotCounted: 'Given results have no images and no seeds: all arms are trained here.', existingCount: 'The runs you have count.',
  },
  measured: { title: 'What was measured', oneRun: 'one run an arm', overImages: 'Over images, 95 %', on: 'Train measured on', plain: 'plain images', augmented: 'augmented images', difference: 'Difference', notComparable: 'not comparable', imagesNote: 'The interval over images says how well these networks are known, not how another seed would fall.' },
  differs: { title: 'What differs', caption: '{count} causes, and what follows from them', none: 'Nothing that is recorded differs.', field: 'Field', values: 'Values', role: 'Meaning', ignored: 'Also one field that changes no result | Also {count} fields that change no result', fewer: 'Fewer' },
  role: { cause: 'changed', environment: 'surroundings', follows: 'follows', ignored: 'changes no result', followsFrom: 'follows from {field}' },
  luck: {
    title: 'How far luck alone reaches', caption: 'difference between two runs of the same arm', observed: 'observed, {value}', within: '95 of 100 pairs lie within ±{reach}', earlier: 'From earlier experiments on these data the seed alone gives paired differences with a deviation of {deviation} points. | From one earlier experiment on these data the seed alone gives paired differences with a deviation of {deviation} points. | From {count} earlier experiments on these data the seed alone gives paired differences with a deviation of {deviation} points.',
    own: 'The seeds of these arms give paired differences with a deviation of {deviation} points.', chance: 'A difference of {value} or more, in either direction, turns up in about {count} of 100 pairs with no true effect.', unknown: 'Nothing on these data was trained with more than one seed yet, so it is not known how far luck reaches.',
  },
  seeds: {
    title: 'What more seeds would settle', caption: 'smallest difference found 8 times in 10', perArm: 'Seeds an arm', newRuns: 'New runs', time: 'Time', finds: 'Finds from, points', choose: '{seeds} seeds an arm', line: 'Line: {margin} points, the smallest difference you said matters.',
    add: 'Add seeds | Add 1 seed | Add {count} seeds', addMore: 'Add seeds', cost: '{runs} runs, {time}, {disk} | 1 run, {time}, {disk} | {runs} runs, {time}, {disk}', behind: 'behind 0 waiting runs | behind 1 waiting run | behind {count} waiting runs',
  },
  untilThen: { title: 'Until then', text: 'The report will carry this sentence: “{sentence}”' },
  why: {
    title: 'How sure, and where from', sure: 'How sure?', from: 'Where from?', minus: '{arm} minus {reference}.', minusAt: '{arm} minus {reference}, both at {at}.', interaction: 'How much more {level} brings over {against} at {other} than at {otherAgainst}.', difference: 'difference', accuracy: 'accuracy',
    noInterval: 'n = {n}: no interval is possible, so nothing can be told from it.', interval: '{value}, 95 % t interval {range} with {df} degrees of freedom, the deviation pooled over all arms.', adjusted: 'Adjusted for all contrasts of the experiment (Holm): {range}, {p}.', agree: 'All {count} seeds agree in direction.',
    unpaired: 'Not paired by seed.', unpairedBecause: 'Not paired by seed: {reason}.', needed: '{count} seeds an arm would find a difference of {margin} points 8 times in 10.',
    armInterval: 't interval over {n} seeds {range}; deviation {deviation} points.', overImages: 'Over images alone (Wilson): {range}; that says nothing of another seed.', best: 'Best epoch beside it, never judged: {accuracy} (epoch {epochs}).',
    given: 'As reported elsewhere; no run of this library.', weights: 'Last epoch of each run, raw weights.', images: '{images} validation images, last epoch of each run, raw weights.', runs: 'No run. | 1 run. | {count} runs.', data: 'Data: {name}, revision {revision}.', copy: 'Copy with source', show: 'Show the run | Show the run | Show the {count} runs',
  },
  take: { table: 'Take this table', chart: 'Take this chart', copyAs: 'Copy as {format}', saveAs: 'Save as {format}…', done: 'Done', saved: '{path}, {bytes}', asTable: 'Show as table (T)', asChart: 'Show as chart (T)' },
  runs: { title: 'Runs', caption: 'no run | 1 run | {count} runs, those that do not count too', run: 'Run', time: 'Time', counts: 'Counts', yes: 'yes', given: 'as reported', missing: 'missing', notCounted: 'not counted' },
  setup: {
    file: 'Experiment file', configs: 'Configs', same: 'The same in every run', plan: 'Plan', seeds: 'Seeds', margin: 'Margin, points', planned: 'no run | 1 run | {count} runs', data: 'Data card', dataset: 'Dataset', environment: 'Environment', environmentNote: 'As this computer is now; what each run was trained on stands among the differences and in its own page.', neverOpened: 'The test set of these data was not opened by this experiment.',
    plans: {
      title: 'History of the plan', caption: 'stored before its runs began', first: 'Asked first', added: 'Added', again: 'Taken up again', cutShort: 'Cut short', cutShortNote: 'nothing more is begun; runs that had ended count', unreadable: 'written by a version that is not known here',
      inAll: 'no run | 1 run in all | {count} runs in all', seeds: 'seed {seeds} | seed {seeds} | seeds {seeds}', trials: '{to} trials instead of {from}', budget: 'limit: {limits}', unlimited: 'none',
    },
  },
  images: {
    run: 'Run', summary: 'right of {images} validation images, {mistakes} mistakes', noRun: 'No run has finished an epoch yet.', missing: 'The predictions of this run are not stored. They are computed from its last checkpoint, on its validation images.', compute: 'Compute predictions', computing: 'Computing predictions from the last checkpoint',
    confusions: 'Confusions', confusionsNote: 'images; click a cell to see them, arrows move', matrixPart: 'The {shown} of {all} classes that are mistaken most.', corner: 'true, down; predicted, across', cell: '{label} taken for {answer}: {count}', takenFor: '{label} taken for {answer}', rightAs: '{label}, right', cellCaption: '{count} of {of} images of {label}, {share} ({range}); surest first, under each: confidence',
    tile: 'a {label}, taken for {answer} with {confidence}', surest: 'Surest mistakes', surestNote: 'all classes; some may be label errors', sure: '{confidence} sure', is: 'is {label}', noneHere: 'No such image.', all: 'All {count}', fewer: 'Fewer',
    byClass: 'By class', byClassNote: '%, with 95 % Wilson interval for recall', balanced: 'Balanced accuracy {accuracy}: the mean recall of the classes, each with the same weight.', class: 'Class', recall: 'Recall', precision: 'Precision', calibration: 'Calibration error {error}. Dots below the line: surer than right.',
  },
  curves: { show: 'Show', keys: 'Arrow keys read; plus, minus and zero zoom; Ctrl and wheel zoom, dragging moves along', split: { validation: 'Validation', train: 'Training' }, lines: { arms: 'Arms', runs: 'Runs' }, title: 'Accuracy %', captionArms: 'mean over seeds; bands: range of the seeds', captionRuns: 'a line a run; training: batches as trained on', none: 'No epoch was finished yet.', small: 'more arms than colours: lines in ink, names beside the crosshair' },
  report: { title: 'The report as it would be saved', language: 'Language of the report', note: 'one file, opens offline in any browser', save: 'Save report…', saving: 'Saving', making: 'Making the report', computing: 'Computing predictions from the last checkpoints: run {at} of {of}', cancelling: 'Cancelling',
    missing: 'Every prediction is stored. | The predictions of 1 of {of} runs are not stored. Without them this report has no confusion matrix, calibration and worst mistakes of it. | The predictions of {count} of {of} runs are not stored. Without them this report has no confusion matrices, calibration and worst mistakes of these.',
    compute: 'Compute them | Compute it | Compute them' },
  test: {
    open: 'Open the test set', openAgain: 'Open the test set again, opened once | Open the test set again, opened {count} times', notYet: 'Only once every run of the experiment has ended', title: 'Open the test set?', price: 'This cannot be undone. After it, nothing more can be chosen on these test images: they would no longer say how the network does on images it was never judged by.',
    first: 'It has not been opened by this experiment.', before: 'It was opened once before. | It was opened {count} times before.', arm: 'Arm', recorded: 'The run of this arm is measured and the opening recorded for good. | The {count} runs of this arm are measured and the opening recorded for good.', act: 'Open it for good', working: 'Measuring',
    accuracy: 'Test accuracy', opened: 'The test set of these data has now been opened once. | The test set of these data has now been opened {count} times.',
  },
};
