import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeLabels } from '../core/data/labels';
import { CultivarError, toErrorData } from '../contracts/errors';
import { foldableFormats, precisionsOf, type ExportManifest, type ExportProgress, type ExportRequest, type ExportResult, type Parity } from '../contracts/exports';
import { fileHash } from '../data/fileHash';
import { stringifyJson } from '../library/json';
import { cultivarVersion } from '../system/version';
import { openLogitsProcess } from '../trainer/host/logitsProcess';
import { calibrate } from './calibrate';
import { recordExport } from './made';
import { prepareDestination, publish, storageError } from './destination';
import { isFolded, preprocessingInside, writeFormat, type FormatOptions } from './formats';
import { writeSynced } from './formats/writeSynced';
import type { ModelDescription, TrainedModel } from './model/trainedModel';
import { modelCard } from './paper/modelCard';
import { writePaper } from './paper/writePaper';
import { compareLogits, predicted } from './parity/compare';
import { logitsOf, spread, throughFiles } from './parity/measure';
import { openFiles } from './runtimes';
import { openSource, type ExportSource } from './source';
import { fittedTemperature } from './temperature';

/** What a test may put in the place of a step. */
export interface ExportSteps {
  write(format: ExportRequest['format'], model: TrainedModel, options: FormatOptions, folder: string): Promise<void>;
}

/**
 * A run's model as a folder that is there whole or not at all, checked against the trained model before it gets its name.
 * @param signal cancels it; nothing is left
 * @returns with `path` null where the check failed and such an export was not to be kept
 * @throws CultivarError usage for what the format has not, destination-…, disk-full, checkpoint-damaged, export-cancelled
 */
export async function exportModel(library: string, request: ExportRequest, signal: AbortSignal, onProgress: (progress: ExportProgress) => void, steps: ExportSteps = { write: writeFormat }): Promise<ExportResult> {
  checkRequest(request);
  const tell = (phase: ExportProgress['phase']) => (done: number, total: number) => { onProgress({ phase, done, total }); };
  tell('read')(0, 1);
  const source = await openSource(library, request);
  const temporary = await prepareDestination(request.destination, neededBytes(source.model, request));
  try {
    const { format, precision, fold } = request;
    const { dataset, run } = source;
    const temperature = request.temperature ? await fittedTemperature(library, source, request, signal, tell('temperature')) : null;
    const model = temperature ? source.model.withTemperature(temperature.value) : source.model;
    const ranges = format === 'onnx' && precision === 'int8' ? await calibrate(model, dataset.store, source.train, signal, tell('calibrate')) : null;
    signal.throwIfAborted();
    tell('write')(0, 1);
    await steps.write(format, model, { precision, fold, ranges, cultivarVersion: cultivarVersion() }, temporary);
    const description: ModelDescription = { ...model.description, normalization: { ...model.description.normalization, inside: preprocessingInside(format) } };
    await writePaper(format, description, temporary);
    const parity = await measuredParity(library, source, request, description, temperature?.value ?? 1, temporary, signal, tell);
    signal.throwIfAborted();
    tell('finish')(0, 1);
    const manifest = await finish(temporary, request, source, description, temperature, parity);
    const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
    const kept = manifest.good || request.keepFailed;
    if (kept) await publish(temporary, request.destination);
    else await rm(temporary, { recursive: true });
    const path = kept ? resolve(request.destination) : null;
    if (path) await recordExport(library, run.id, path).catch(() => undefined); // a list that is missing a line is no reason to lose the export
    return { path, bytes, manifest, passedOver: source.passedOver };
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (signal.aborted) throw new CultivarError({ code: 'export-cancelled', message: 'The export was cancelled; nothing was left.' });
    throw storageError(error, temporary);
  }
}

function checkRequest({ format, precision, fold, parityImages }: ExportRequest): void {
  const usage = (message: string) => new CultivarError({ code: 'usage', message });
  if (!precisionsOf[format].includes(precision)) throw usage(`${format} is written in ${precisionsOf[format].join(' or ')}, not in ${precision}.`);
  if (fold && !foldableFormats.includes(format)) throw usage(`${format} keeps torchvision's tensors, so batch norm cannot be folded there; ${foldableFormats.join(', ')} take it.`);
  if (!Number.isInteger(parityImages) || parityImages < 1) throw usage('The parity check takes at least one image.');
}

/** Weights in their precision, and the small files. */
function neededBytes({ tensors }: TrainedModel, { precision }: ExportRequest): number {
  const values = tensors.reduce((sum, { data }) => sum + data.length, 0);
  return values * { float32: 4, float16: 2, int8: 1 }[precision] * 1.02 + 1e6;
}

/** A check that could not run is one that failed: whatever goes wrong in it but a cancel is its result. */
async function measuredParity(library: string, source: ExportSource, { format, precision, parityImages, runId, weights }: ExportRequest, description: ModelDescription, temperature: number, folder: string, signal: AbortSignal, tell: (phase: ExportProgress['phase']) => (done: number, total: number) => void): Promise<Parity> {
  const { dataset: { store }, validation, position } = source;
  const indices = spread(validation, parityImages);
  const classes = description.classes.length;
  let runtime = format as string;
  try {
    const reference = await openLogitsProcess({ kind: 'run', libraryDir: library, runId, step: position.step, weights });
    const asTrained = await logitsOf(reference.logits, store, indices, classes, signal, (done) => { tell('reference')(done, indices.length); }).finally(reference.close);
    const trained = asTrained.map((logit) => logit / temperature);
    const runner = await openFiles(folder, format, description);
    runtime = runner.runtime;
    try {
      const run = runner.run.bind(runner);
      const exported = await logitsOf(run, store, indices, classes, signal, (done) => { tell('parity')(done, indices.length); });
      const imageFiles = await throughFiles(run, store, indices, (row) => predicted(trained, row, classes), classes);
      return compareLogits({ trained, exported, labels: makeLabels(classes, indices.length, (place) => store.labels[indices[place]!]!), classes, imageFiles }, precision, runtime);
    } finally {
      await runner.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    return { state: 'not-run', runtime, problems: [toErrorData(error).message] };
  }
}

async function finish(folder: string, request: ExportRequest, source: ExportSource, model: ModelDescription, temperature: ExportManifest['temperature'], parity: Parity): Promise<ExportManifest> {
  const { run, position, validationAccuracy, dataset: { manifest: data } } = source;
  const facts = {
    schemaVersion: 1, kind: 'cultivar-export', format: request.format, precision: request.precision, folded: isFolded(request.format, request.precision, request.fold), model,
    run: { id: run.id, name: run.name }, checkpoint: { choice: request.checkpoint, step: position.step, epochsDone: position.epochsDone, weights: request.weights },
    data: { id: data.id, name: data.name, revision: data.revision }, temperature, parity, good: parity.state === 'passed', cultivarVersion: cultivarVersion(), createdAt: new Date().toISOString(),
  } as const;
  await writeSynced(join(folder, 'model-card.md'), modelCard(facts, run, validationAccuracy, source.validation.length));
  const files: ExportManifest['files'] = {};
  for (const name of (await readdir(folder)).sort()) files[name] = { bytes: (await stat(join(folder, name))).size, sha256: await fileHash(join(folder, name), 'sha256', 'hex') };
  const manifest = { ...facts, files };
  await writeSynced(join(folder, 'manifest.json'), `${stringifyJson(manifest, 2)}\n`);
  return manifest;
}
