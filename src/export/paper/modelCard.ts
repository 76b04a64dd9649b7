import { wilsonInterval } from '../../core/statistics/proportions';
import type { ExportManifest } from '../../contracts/exports';
import type { RunManifest } from '../../library/runManifest';

/** A text of the user's as Markdown shows it: no mark-up, no HTML, no table cell of its own. */
const plain = (text: string) => text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+!|~-]/g, '\\$&').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const percent = (fraction: number) => `${(100 * fraction).toFixed(2)} %`;
const withInterval = (value: number, [low, high]: readonly [number, number], images: number) => `${percent(value)} (95 % interval ${percent(low)} to ${percent(high)}, Wilson, over ${images} images)`;

/**
 * model-card.md: what the model is, how good, how that was measured, and what it is not for. (Mitchell et al., "Model Cards for Model Reporting", 2019.)
 * @param accuracy of the exported weights on all validation images, at this checkpoint; null where it was not measured
 */
export function modelCard(manifest: Omit<ExportManifest, 'files'>, run: RunManifest, accuracy: number | null, validationImages: number): string {
  const { model, format, precision, folded, checkpoint, data, temperature, parity } = manifest;
  const config = run.config.resolved;
  const right = accuracy === null ? null : Math.round(accuracy * validationImages);
  return [
    `# ${plain(run.name || run.id)}`,
    '',
    `${model.architecture}${model.stem === 'own' ? '' : ` with the ${model.stem} stem`}, ${model.classes.length} classes, images of ${model.input.width} × ${model.input.height}. Exported as ${format}, ${precision}${folded ? ', batch norm folded into the convolutions' : ''}.`,
    '',
    ...(manifest.good ? [] : ['> **This export failed its check or was not checked. Do not rely on it.**', '']),
    '## How good',
    '',
    right === null
      ? '- Validation accuracy of this checkpoint: not measured; it was made within an epoch.'
      : `- Validation accuracy of the trained model at this checkpoint: ${withInterval(right / validationImages, wilsonInterval(right, validationImages, 0.95), validationImages)}.`,
    ...(checkpoint.weights === 'ema' ? ['- The weights are the moving average (EMA) of those that were trained; that figure is the average\'s own. Comparisons of runs judge the trained weights.'] : []),
    ...(checkpoint.choice === 'best' ? [`- This checkpoint was chosen for the trained weights' validation accuracy, so that figure is too high on average. The last epoch's is the one to compare with.`] : []),
    '- Test accuracy: not part of an export; `cultivar evaluate --split test --open-test` measures it, once.',
    ...(temperature ? [`- Calibrated: logits are divided by the temperature ${temperature.value.toFixed(3)}, fitted on the ${temperature.images} validation images; no label changes by it. Expected calibration error (15 bins) ${percent(temperature.errorBefore)} as trained, ${percent(temperature.errorAfter)} after it (each half of the images under the temperature of the other).`] : []),
    '- One seed. Another one gives another figure: the interval is that of the images, not of training.',
    '',
    '## The export beside the trained model',
    '',
    ...parityLines(parity),
    '',
    '## Input and output',
    '',
    `- Images: uint8, RGB, [n, ${model.input.height}, ${model.input.width}, 3]. ${model.normalization.inside ? 'The model scales and normalises them itself.' : 'They have to be scaled and normalised, and laid out as [n, 3, height, width] for PyTorch.'}`,
    `- Normalisation: (x / 255 - mean) / deviation, mean ${model.normalization.mean.join(', ')}, deviation ${model.normalization.deviation.join(', ')}.`,
    `- ${model.normalization.inside ? 'Outputs: `logits` and `probabilities`' : 'The network gives logits'}, [n, ${model.classes.length}]${temperature ? `, divided by the temperature ${temperature.value.toFixed(3)} in the classifier's weights` : ''}; labels in labels.txt, in this order: ${model.classes.map(plain).join(', ')}.`,
    '',
    '## How it was trained',
    '',
    `- Run ${run.id}, step ${checkpoint.step}, ${checkpoint.epochsDone} of ${config.epochs} epochs (${checkpoint.choice} checkpoint${checkpoint.weights === 'ema' ? `, moving average with decay ${config.emaDecay}` : ''}); status ${run.status}.`,
    `- Data: ${plain(data.name)}, revision ${data.revision}; ${config.data.trainImages ?? 'all other'} training and ${validationImages} validation images.`,
    ...(run.environment ? [`- ${plain(run.environment.device.name)}, TensorFlow ${run.environment.versions.tensorflow}, Cultivar ${run.environment.versions.cultivar}.`] : []),
    '',
    '```json',
    JSON.stringify(config, null, 2).replaceAll('`', '\\u0060'),
    '```',
    '',
    '## Limits',
    '',
    `- It knows ${model.classes.length} classes and names one of them for every image, also for one that shows none of them. A probability is what the network says, not how often it is right.`,
    '- The figures hold for images like those it was trained on: same source, same size. Others were not looked at, nor who or what may be treated unequally.',
    `- Licence and origin of the data: see the data set "${plain(data.name)}".`,
    '',
  ].join('\n');
}

function parityLines(parity: ExportManifest['parity']): string[] {
  if (parity.state === 'not-run') return [`- **The check could not run**, which counts as failed: ${parity.problems.map(plain).join('; ')}.`];
  const { images, trained, exported } = parity;
  return [
    `- ${parity.state === 'passed' ? 'Passed' : '**Failed**'}: reloaded in ${parity.runtime} and compared on ${images} validation images.`,
    ...parity.problems.map((problem) => `- ${plain(problem)}.`),
    `- Largest difference of a logit: ${parity.largestLogitDifference === null ? 'no finite number' : parity.largestLogitDifference.toPrecision(3)}${parity.logitTolerance === null ? '' : ` (at most ${parity.logitTolerance.toPrecision(3)})`}.`,
    `- Changed predictions: ${parity.changedPredictions} of ${images} (at most ${parity.allowedChanges}).`,
    `- Accuracy on these images: trained model ${withInterval(trained.value, trained.interval, images)}, export ${withInterval(exported.value, exported.interval, images)}; loss ${parity.accuracyLossPoints.toFixed(2)} points.`,
    `- From a PNG file to the same label: ${parity.imageFiles.equal} of ${parity.imageFiles.images}.`,
  ];
}
