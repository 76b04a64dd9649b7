/** A model leaves: the dialog of an export and what came of it. */
export const exports = {
  button: 'Export…', nothing: 'This run has no checkpoint', title: 'Export {name}', formats: 'Format', precision: 'Precision', checkpoint: 'Checkpoint', kind: 'Weights', place: 'Where', fold: 'Fold batch norm into the convolutions', foldAlways: 'Batch norm is folded: fewer bits need it.',
  temperature: 'Divide the logits by the fitted temperature', temperatureNote: 'Fitted on the validation images; no answer changes, only how sure it is. The model card says so.',
  keepFailed: 'Keep it, marked, where the check fails', own: 'With the run, in the library', choose: 'Choose a folder…', elsewhere: 'Choose another folder…', backToOwn: 'With the run', chosen: 'A new folder in {folder}', start: 'Export', cancel: 'Cancel', cancelling: 'Cancelling', another: 'Export another', busyElsewhere: 'Another run is being exported.',
  last: 'Last epoch', best: 'Best epoch', bestNote: 'Chosen for its validation accuracy, so that accuracy is too high on average.',
  raw: 'As trained', ema: 'Moving average', emaNote: 'What it was measured at stands in the model card. Runs are compared by the weights as trained.',
  format: { onnx: 'ONNX', savedmodel: 'TensorFlow SavedModel', tfjs: 'TensorFlow.js', safetensors: 'safetensors', weights: 'Plain weights' },
  about: {
    onnx: 'for ONNX Runtime and many others; takes images as bytes', savedmodel: 'for TensorFlow and its server; takes images as bytes', tfjs: 'for the browser; takes images as whole numbers',
    safetensors: 'for PyTorch, with torchvision’s names; weights alone', weights: 'a binary file and a list in JSON, for anything else; weights alone',
  },
  bits: { float32: 'float32', float16: 'float16', int8: 'int8' },
  bitsNote: { float32: 'As trained.', float16: 'Half the size. The loss of accuracy is measured.', int8: 'A quarter of the size. The loss of accuracy is measured.' },
  phase: { read: 'Reading the run', temperature: 'Fitting the temperature', calibrate: 'Calibrating on training images', write: 'Writing', reference: 'Asking the trained model', parity: 'Asking the export', finish: 'Finishing' },
  progress: '{phase}, {done} of {total} images',
  passed: 'Same answers as the trained model', failed: 'Not the trained model’s answers', notRun: 'The check could not run, which counts as failed', notKept: 'It was not kept.', keptFailed: 'Kept, and marked as failed. Do not rely on it.',
  table: {
    runtime: 'Reloaded in', images: 'Compared on', imagesValue: '{count} validation images', difference: 'Largest logit difference', atMost: 'at most {value}', notFinite: 'no finite number', changed: 'Changed predictions', changedValue: '{count} of {images}',
    trained: 'Accuracy, trained model', exported: 'Accuracy, export', interval: '{low} to {high} (95 %)', loss: 'Loss of accuracy', files: 'PNG file to the same label', filesValue: '{equal} of {images}', size: 'Size', temperature: 'Temperature', temperatureValue: '{value}; calibration error {before}, after it {after}', folder: 'Folder',
  },
  points: '{value} points', show: 'Show in folder', passedOver: 'A newer checkpoint was damaged; the one before it was exported.',
  earlier: 'Earlier exports of this run', listing: 'Looking for earlier exports of this run', unread: 'Earlier exports of this run cannot be listed.', good: 'passed', bad: 'failed', folded: 'folded', calibrated: 'temperature {value}', showOf: 'Show {name} in its folder',
};
