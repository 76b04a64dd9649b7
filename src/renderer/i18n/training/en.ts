/** Schedules and the options of training. */
export const training = {
  schedule: {
    finalFraction: 'Ends at', everyEpochs: 'Every', milestones: 'After epochs', gamma: 'Times', warmupFraction: 'Rise', divFactor: 'Starts at peak ÷', finalDivFactor: 'Ends at start ÷',
    hint: {
      finalFraction: 'part of the peak, 0 to 1', everyEpochs: 'epochs, counted from the start of the run', milestones: 'such as 60, 120, 160', gamma: 'what the rate is multiplied by there', warmupFraction: 'part of the run up to the peak; takes the place of the warm-up',
      divFactor: 'PyTorch’s div_factor', finalDivFactor: 'PyTorch’s final_div_factor',
    },
    badMilestones: 'Numbers with commas between them, rising, after the warm-up and before the end.',
  },
  muon: {
    filterLearningRate: 'Filters’ rate', filterMomentum: 'Filters’ momentum', filterWeightDecay: 'Filters’ decay', newtonSchulzSteps: 'Iterations', normalizeFilters: 'Normalise filters',
    hint: {
      filterLearningRate: 'Muon’s peak, on the same schedule', filterMomentum: '0.95 is usual', filterWeightDecay: 'decoupled, as in PyTorch',
      newtonSchulzSteps: 'of Newton-Schulz, 3 to 5 are usual', normalizeFilters: 'before each step; takes much higher rates',
      sgd: 'of SGD, for all other weights', nesterov: 'for both', learningRate: 'SGD’s peak, for all other weights',
    },
  },
  options: {
    title: 'More of the training', caption: 'off unless something is set',
    decayNormAndBias: 'Weight decay of', decayed: 'norms and biases', decayHint: 'too, not only of filters and matrices, as in PyTorch',
    ema: 'Average of weights', emaHint: 'its decay, such as 0.999; evaluated beside the weights, never judged', emaWarmup: 'Decay rises at first', emaWarmupHint: 'as in timm',
    microBatches: 'Parts of a batch', microBatchesHint: 'go through one after another and need less memory; batch norm sees {images} images at a time',
    frozenEpochs: 'Classifier alone', frozenHint: 'for the first epochs; needs starting weights of a file',
    stop: 'Stop early', stopHint: 'ends a run that no longer improves; its last epoch is judged', monitor: 'Watch', accuracy: 'validation accuracy', loss: 'validation loss', patience: 'Patience', patienceHint: 'in a row without an improvement', minDelta: 'By more than', minDeltaHint: { accuracy: 'a fraction: 0.001 is 0.1 points', loss: 'nats' },
    budget: 'Time budget', budgetHint: 'as many of the epochs as fit are planned at the start, the schedule pressed together', minutes: 'min', none: 'none',
  },
  facts: {
    continues: 'after {epochs} epochs of {run}', frozen: 'classifier alone for {epochs}', parts: 'batches in {count} parts', noDecay: 'norms and biases without weight decay', ema: 'average of weights {decay}', stop: 'stops early, patience {epochs}', budget: 'within {minutes} min',
  },
  log: {
    planned: 'plan', earlyStopping: '{epochs} of {asked} epochs: validation no longer improved.', timeBudget: '{epochs} of {asked} epochs fit the time budget, at {time} an epoch.',
  },
  ended: { 'early-stopping': '{epochs} of {asked} epochs: it stopped early, as its config allows.', 'time-budget': '{epochs} of {asked} epochs: as many as fitted its time budget.' },
  extend: {
    title: 'Train on', text: 'A new run goes on from the last checkpoint of this one, with its optimizer, on the order and draws of the epochs that come next.', epochs: 'Added epochs', schedule: 'a warm restart: cosine from {rate} to zero over them', whole: 'A whole number from 1.',
    keep: 'Can be extended', keepHint: 'keeps the optimizer’s state when the run has ended; needs more disk',
  },
};
