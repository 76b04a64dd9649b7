import { stat } from 'node:fs/promises';
import type { RangeTestRecord } from '../../contracts/tools';
import { defaultRangeSettings, filterRateAt, type RangePoint, type RangeTestSettings } from '../../core/tuning/rangeTest';
import { datasetOf, resolvedRunConfig, trainingImages } from '../../data/newRuns';
import { readDatasetManifest } from '../../data/openDataset';
import { parseJson } from '../../library/json';
import { isRangeTest, listRangeTests, readRangeTest } from '../../library/rangeTests';
import { runRangeTest } from '../../trainer/host/rangeTest';
import { cancellable, progressLine } from '../cancellable';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, say, table, usage } from '../output';
import { readJsonFile } from './train';

export const lrRangeUsage = 'lr-range [CONFIG.json | RANGE] [--from R] [--to R] [--steps N]';

/** lr-range: the learning-rate range test of a config; one that was kept, by its id or file; or the list of them. */
export async function lrRange({ library, json, positionals: [what, ...rest], options }: CommandContext): Promise<number> {
  if (rest.length > 0) throw usage(`usage: cultivar ${lrRangeUsage}`);
  if (what === undefined) return list(library, json);
  const document = (await stat(what).catch(() => null)) || what.endsWith('.json') ? await readJsonFile(what) : await readRangeTest(library, what);
  const kept = isRangeTest(document) ? (parseJson(JSON.stringify(document)) as RangeTestRecord) : null;
  const record = kept ?? (await run(library, document, options));
  if (!record) return exits.interrupted;
  if (json) answerJson(record);
  else answer(text(record));
  return exits.done;
}

async function run(library: string, document: unknown, options: CommandContext['options']): Promise<RangeTestRecord | null> {
  const config = await resolvedRunConfig(library, document);
  const manifest = await readDatasetManifest(library, config.data.dataset);
  const { revision } = datasetOf(manifest, config, await trainingImages(library, manifest, config.data));
  const settings = settingsOf(options, defaultRangeSettings(config.optimizer.kind));
  const line = progressLine();
  say(`${settings.steps} steps of ${config.batchSize} images at rates from ${settings.from} to ${settings.to}; no run is touched.`);
  let done = 0;
  const told = (points: readonly RangePoint[]) => {
    done += points.length;
    const { learningRate, loss } = points.at(-1)!;
    line.show(`step ${done} of ${settings.steps}: learning rate ${learningRate.toPrecision(3)}, loss ${loss.toFixed(3)}`);
  };
  const record = await cancellable((signal) => runRangeTest(library, { config, dataRevision: revision, settings }, told, signal));
  line.end();
  return record;
}

function settingsOf(options: CommandContext['options'], defaults: RangeTestSettings): RangeTestSettings {
  const given = (name: 'from' | 'to' | 'steps') => {
    const value = options[name] === undefined ? defaults[name] : Number(options[name]);
    if (!Number.isFinite(value)) throw usage(`--${name} must be a number, not ${options[name]}`);
    return value;
  };
  return { from: given('from'), to: given('to'), steps: given('steps') };
}

async function list(library: string, json: boolean): Promise<number> {
  const records = await listRangeTests(library);
  if (json) answerJson({ schemaVersion: 1, rangeTests: records });
  else answer(records.length === 0 ? 'No range test is kept in this library.' : table([['id', 'made', 'suggested'], ...records.map(({ id, createdAt, reading }) => [id, createdAt.slice(0, 16).replace('T', ' '), reading.steepest ? rate(reading.steepest.learningRate) : '–'])]));
  return exits.done;
}

const rate = (value: number) => String(Number(value.toPrecision(2)));

function text({ id, config, points, settings, diverged, reading: { steepest, tenth, divergedAt, lowest } }: RangeTestRecord): string {
  return [
    steepest
      ? `Steepest descent: learning rate ${rate(steepest.learningRate)}; from ${rate(steepest.low)} to ${rate(steepest.high)} the loss falls no less fast, as far as ${points.length} steps tell`
      : 'Steepest descent: none; at no rate did the loss fall more than its noise. Try more steps, or other rates.',
    divergedAt === null
      ? `A tenth of where it diverges: none; up to ${rate(settings.to)} it did not diverge`
      : `A tenth of where it diverges: ${rate(tenth!)} (the loss had left at ${rate(divergedAt)})`,
    config.optimizer.kind === 'muon' && `The filters' rate rises with it, ${rate(filterRateAt(config, 1)!)} times as high: change both together`,
    lowest && `Lowest smoothed loss: ${lowest.loss.toFixed(3)} at ${rate(lowest.learningRate)}`,
    `One pass of ${points.length} steps with one seed, from new weights: take it as an order of magnitude, and as a peak rate with a warm-up. ${diverged ? 'It ended early, since the loss had left.' : ''}`.trim(),
    `Kept as ${id}`,
  ].filter(Boolean).join('\n');
}
