import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openExport } from '../../export/runtimes';
import type { WeightsKind } from '../../core/run/weightsKind';
import { expandImagePaths, fits, type Fit } from '../../interchange/predict/images';
import { predictImages, type Predictor } from '../../interchange/predict/predict';
import { openRunPredictor } from '../../interchange/predict/runPredictor';
import type { CommandContext } from '../command';
import { weightsOption } from './evaluate';
import { answer, answerJson, exits, percent, say, tellPassedOver, usage } from '../output';

const usageLine = `usage: cultivar predict RUN|EXPORT IMAGES... [--top K] [--fit ${fits.join('|')}] [--weights raw|ema]`;

const fitText: Readonly<Record<Fit, string>> = {
  crop: 'the middle of an image of other proportions',
  squash: 'all of an image, distorted to the input\'s proportions',
  pad: 'all of an image, with black beside it',
};

/** predict RUN|EXPORT IMAGES...: classes of image files, by a run's last checkpoint or by an export in its own runtime. */
export async function predict({ library, json, positionals: [model, ...paths], options }: CommandContext): Promise<number> {
  if (!model || paths.length === 0) throw usage(usageLine);
  const top = Number(options.top ?? 3);
  if (!Number.isInteger(top) || top < 1) throw usage(`--top must be a whole number of at least 1, not ${options.top}`);
  const fit = options.fit ?? 'crop';
  if (!(fits as readonly string[]).includes(fit)) throw usage(`--fit must be ${fits.join(', ')}, not ${fit}`);
  const weights = weightsOption(options.weights);
  const files = await expandImagePaths(paths);
  const predictor = await openModel(library, model, options.weights === undefined ? null : weights);
  try {
    const { width, height } = predictor.input;
    if (!json) say(`${predictor.what}; input ${width} × ${height}: resized from ${fitText[fit as Fit]}`);
    const predictions = [];
    for await (const prediction of predictImages(predictor, files.map((path) => ({ name: path, source: path })), { top, fit: fit as Fit })) {
      predictions.push(prediction);
      if ('error' in prediction) say(prediction.error.message);
      else if (!json) answer(`${prediction.name}: ${prediction.top.map(({ label, probability }) => `${label} ${percent(probability)}`).join(', ')}`);
    }
    if (json) answerJson({ schemaVersion: 1, model: predictor.identity, input: { width, height, fit }, classes: predictor.classes, images: predictions });
    return predictions.some((prediction) => 'error' in prediction) ? exits.failed : exits.done;
  } finally {
    await predictor.close();
  }
}

type OpenModel = Predictor & { readonly what: string; readonly identity: Readonly<Record<string, unknown>>; close(): Promise<void> };

/**
 * A folder with a manifest is an export, everything else the id of a run.
 * @param weights null where nobody chose
 */
async function openModel(library: string, model: string, weights: WeightsKind | null): Promise<OpenModel> {
  if (await stat(join(model, 'manifest.json')).catch(() => null)) {
    if (weights !== null) throw usage('--weights goes with a run; an export holds the weights that it was made with.');
    const { manifest, ...runner } = await openExport(model);
    if (!manifest.good) say('warning: this export failed its check when it was made; its answers may differ from the run\'s.');
    return { ...runner, what: `${manifest.format} export of the run ${manifest.run.id}, in ${runner.runtime}`, identity: { kind: 'export', path: model, format: manifest.format, runtime: runner.runtime, runId: manifest.run.id } };
  }
  const run = await openRunPredictor(library, model, weights ?? 'raw');
  tellPassedOver(run.passedOver);
  return { ...run, what: `run ${model}, ${run.weights === 'ema' ? 'the weights\' average' : 'weights'} after step ${run.step} (${run.epochsDone} epochs)`, identity: { kind: 'run', runId: model, weights: run.weights, step: run.step, epochsDone: run.epochsDone } };
}
