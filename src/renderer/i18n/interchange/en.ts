/** Images tried on a run, runs that travel, figures for other programs. */
export const interchange = {
  tryImage: {
    title: 'Try an image', drop: 'Drop images here', choose: 'Choose images…', fit: 'The middle of an image, resized to {width} × {height}.', asking: 'The network answers', by: 'Weights after epoch {epoch}, step {step}.',
    nothing: 'The run has no checkpoint yet.', tooMany: 'The first {count} images are tried.', clear: 'Clear',
  },
  share: {
    button: 'Save as…', archive: 'Archive (zip)', archiveNote: 'For another computer: {content}, with the hash of every file.', run: 'the run', experiment: 'the experiment with all its runs', checkpoints: 'With checkpoints', checkpointsNote: 'Without them the runs can be read, and not resumed, evaluated or exported.',
    saveArchive: 'Save the archive…', metrics: 'Metrics', csv: 'CSV tables', json: 'JSON', tensorboard: 'TensorBoard', mlflow: 'MLflow', saved: 'Saved: {path}', show: 'Show in folder',
  },
  bring: {
    button: 'Import…', drop: 'Drop an archive to import it', done: 'Imported: {name}', runs: '{count} run. | {count} runs.', present: 'It was in the library already, the same.', partly: '{count} of them were there already.', newIds: 'Its runs have new ids.',
    absent: 'The dataset {id} is not in this library: the runs can be read, and not resumed or evaluated.', otherRevision: 'The dataset {id} has another revision here: the runs can be read, and not resumed or evaluated.', noCheckpoints: 'The archive has no checkpoints: its runs can be read only.',
    asNew: 'Import with new ids', open: 'Open',
  },
  phase: { hash: 'Computing hashes', write: 'Packing', check: 'Unpacking, checking every hash', place: 'Placing in the library' },
  startFile: 'weights of {file}',
  weights: {
    title: 'Starting weights', scratch: 'From scratch', file: 'From a file…', hint: 'or drop a file here: safetensors or .pth', other: 'Other file…', reading: 'Reading', holds: 'no tensor | {format}, 1 tensor | {format}, {count} tensors',
    format: { safetensors: 'safetensors', torch: 'PyTorch', 'torch-legacy': 'PyTorch, older form' },
    state: {
      fits: '{matched} of {of} tensors match {network}, {stem}: a run can start from them.', startable: '{matched} of {of} tensors match {network}, {stem}. The parts that differ have to be begun anew:',
      refused: '{matched} of {of} tensors match {network}, {stem}: these are weights of another network.',
    },
    otherShape: '{name} {shape}, wanted {wanted}', missing: '{name} {wanted} is missing', unexpected: '{name} {shape} is unknown to the network', more: 'and no more | and 1 more | and {count} more',
    stemAnew: 'Begin the stem anew, with random values', headAnew: 'Begin the classifier anew, with random values', take: 'Train {network} instead', addFile: '+ file', part: { stem: 'stem', head: 'classifier' },
    level: {
      fits: '{name}: all {of} tensors match.', anew: '{name}: {matched} of {of} tensors match; the {parts} will be begun anew, with random values.', other: '{name}: {matched} of {of} tensors match; these are weights of {network}.',
      refused: '{name}: {matched} of {of} tensors match; these are weights of another network.',
    },
  },
  progress: '{phase}, {done} of {total}', cancel: 'Cancel', cancelling: 'Cancelling',
};
