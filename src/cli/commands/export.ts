import { stat } from 'node:fs/promises';
import { exportCheckpoints, exportFormats, exportPrecisions, type ExportManifest, type ExportProgress, type ExportRequest, type Parity } from '../../contracts/exports';
import { weightsKinds } from '../../core/run/weightsKind';
import { startExport } from '../../export/host';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, percent, say, tellPassedOver, usage } from '../output';

export const exportUsage = `export RUN --format ${exportFormats.join('|')} --out DIR [--precision ${exportPrecisions.join('|')}] [--fold] [--checkpoint ${exportCheckpoints.join('|')}] [--weights ${weightsKinds.join('|')}] [--temperature] [--keep-failed] [--parity-images N]`;

/** export RUN --format F --out DIR: a run's model as a new folder, checked in another runtime. */
export async function exportCommand({ library, json, positionals, options }: CommandContext): Promise<number> {
  const request = requestOf(positionals, options);
  if ((await stat(request.destination).catch(() => null))?.isFile()) throw usage(`--out: ${request.destination} is a file; an export is a folder of its own.`);
  const running = startExport(library, request, progressLines());
  const end = onInterrupt(() => { running.cancel(); });
  try {
    const result = await running.result;
    tellPassedOver(result.passedOver);
    if (json) answerJson(result);
    else if (result.path === null) say(parityText(result.manifest.parity).join('\n'));
    else answer([`${result.path}: ${(result.bytes / 1e6).toFixed(1)} MB, ${result.manifest.checkpoint.weights === 'ema' ? 'the weights\' average' : 'weights'} after step ${result.manifest.checkpoint.step}`, ...temperatureText(result.manifest.temperature), ...parityText(result.manifest.parity)].join('\n'));
    if (result.path === null) say('It was not kept. Choose a higher precision, or keep it marked as failed with --keep-failed.');
    return result.manifest.good ? exits.done : exits.failed;
  } catch (error) {
    if (!end.interrupted()) throw error;
    say('The export was cancelled; nothing was left.');
    return exits.interrupted;
  } finally {
    end.stop();
  }
}

function requestOf([runId, ...rest]: readonly string[], options: CommandContext['options']): ExportRequest {
  if (!runId || rest.length > 0 || !options.out) throw usage(`usage: cultivar ${exportUsage}`);
  const images = options['parity-images'] ?? '1000';
  if (!/^[1-9]\d{0,6}$/.test(images)) throw usage(`--parity-images: a whole number from 1, not "${images}"`);
  return {
    runId, destination: options.out, format: oneOf('format', exportFormats, options.format ?? 'safetensors'), precision: oneOf('precision', exportPrecisions, options.precision ?? 'float32'),
    fold: options.fold ?? false, checkpoint: oneOf('checkpoint', exportCheckpoints, options.checkpoint ?? 'last'), weights: oneOf('weights', weightsKinds, options.weights ?? 'raw'), temperature: options.temperature ?? false, keepFailed: options['keep-failed'] ?? false, parityImages: Number(images),
  };
}

function oneOf<T extends string>(name: string, allowed: readonly T[], given: string): T {
  const found = allowed.find((value) => value === given);
  if (!found) throw usage(`--${name}: ${allowed.join(', ')}, not "${given}"`);
  return found;
}

const temperatureText = (temperature: ExportManifest['temperature']) => (temperature === null ? []
  : [`logits divided by the temperature ${temperature.value.toFixed(3)}: calibration error ${percent(temperature.errorBefore)}, after it ${percent(temperature.errorAfter)}, on ${temperature.images} validation images`]);

function parityText(parity: Parity): string[] {
  if (parity.state === 'not-run') return [`NOT CHECKED, which counts as failed: ${parity.problems.join('; ')}`];
  const { runtime, images, largestLogitDifference, changedPredictions, trained, exported, accuracyLossPoints, imageFiles, problems } = parity;
  return [
    `${parity.state === 'passed' ? 'Same answers' : 'FAILED'} in ${runtime}, on ${images} validation images: largest logit difference ${largestLogitDifference?.toPrecision(3) ?? 'not finite'}, ${changedPredictions} predictions changed`,
    `accuracy on these images ${percent(trained.value)} trained, ${percent(exported.value)} exported (loss ${accuracyLossPoints.toFixed(2)} points); ${imageFiles.equal} of ${imageFiles.images} PNG files got the trained model's label`,
    ...problems.map((problem) => `  ${problem}`),
  ];
}

const words: Readonly<Record<ExportProgress['phase'], string>> = {
  read: 'reading the run', temperature: 'fitting the temperature', calibrate: 'calibrating on training images', write: 'writing', reference: 'asking the trained model', parity: 'asking the export', finish: 'finishing',
};

/** A line a phase; on a terminal the line is redrawn with the count. */
function progressLines(): (progress: ExportProgress) => void {
  const terminal = process.stderr.isTTY === true;
  let last = '';
  return ({ phase, done, total }) => {
    if (!terminal && phase === last) return;
    const text = `${words[phase]}${terminal && total > 1 ? ` ${done} of ${total}` : ''}`;
    process.stderr.write(terminal ? `${phase !== last && last !== '' ? '\n' : '\r\x1b[K'}${text}${phase === 'finish' ? '\n' : ''}` : `${text}\n`);
    last = phase;
  };
}

/** Ctrl+C cancels; a second time ends at once. */
function onInterrupt(cancel: () => void): { interrupted(): boolean; stop(): void } {
  let asked = false;
  const handler = () => {
    if (asked) process.exit(exits.interrupted);
    asked = true;
    say('\nCancelling; nothing will be left.');
    cancel();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, handler);
  return {
    interrupted: () => asked,
    stop: () => { for (const signal of signals) process.off(signal, handler); },
  };
}
