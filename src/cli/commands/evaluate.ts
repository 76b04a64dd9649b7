import type { EvaluationResult, EvaluationSplit, SplitPredictions } from '../../contracts/trainer';
import { testTimeAugmentations, type TestTimeAugmentation } from '../../core/augmentation/testTime';
import { testFigure, type TestWithout, type WithoutList } from '../../core/run/testFigure';
import { weightsKinds, type WeightsKind } from '../../core/run/weightsKind';
import { calibrationOf, isTemperatureLimit, type CalibrationReading } from '../../core/predictions/calibration';
import { readPredictions as readingOf, type PredictionReading } from '../../core/predictions/reading';
import { manifestOf, testListOf } from '../../data/audit/excludeLists';
import { testListOfArm } from '../../data/audit/testLists';
import { listExperimentIds } from '../../library/experiments';
import { checkWeightsKept } from '../../library/checkpoints';
import { readRun } from '../../library/runs';
import { recordWithout } from '../../library/testFigures';
import { recordTestOpening } from '../../library/testLedger';
import { assertDeviceFree, evaluateOnce } from '../../trainer/host/evaluateOnce';
import { assertFinished, openExperimentTestSet } from '../../trainer/host/openTestSet';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, percent, say, table, tellPassedOver, usage } from '../output';

export const evaluateUsage = 'evaluate RUN [--split validation|test] [--open-test] [--tta flip|flip-shift] [--weights raw|ema] [--without LIST] [--no-matrix], or EXPERIMENT --arm KEY --split test --open-test [--without LIST]; --without: a second test figure, without the images of a list';

/** evaluate RUN: the last checkpoint on plain images. Predictions of the weights themselves are stored with the run. */
export async function evaluate({ library, json, positionals, options }: CommandContext): Promise<number> {
  const [runId, ...rest] = positionals;
  if (!runId || rest.length > 0) throw usage(`usage: cultivar ${evaluateUsage}`);
  if (options.arm !== undefined) return evaluateArm({ library, json, options }, runId, options.arm);
  const split = options.split ?? 'validation';
  if (!isSplit(split)) throw usage(`--split must be validation or test, not ${split}`);
  const tta = options.tta ?? null;
  if (tta !== null && !isTta(tta)) throw usage(`--tta must be ${testTimeAugmentations.join(' or ')}, not ${tta}`);
  const weights = weightsOption(options.weights);
  const { dataset, experimentId, config } = await readRun(library, runId);
  // Before the opening, which would count.
  checkWeightsKept(runId, config.resolved, weights);
  if (split === 'test' && !options['open-test']) {
    throw usage('The test set is for one last look, after every choice is made: each opening is recorded. With --open-test it is opened; without --split the validation images are used.');
  }
  if (options.without !== undefined && (split !== 'test' || weights === 'ema')) throw usage('--without gives a second figure of the test set, of the weights themselves: it goes with --split test --open-test, and not with --weights ema.');
  const without = options.without === undefined ? null : await testListOf(library, await manifestOf(library, dataset.id, dataset.revision), options.without);
  await assertDeviceFree(library, runId);
  if (split === 'test' && experimentId !== null && (await listExperimentIds(library)).includes(experimentId)) await assertFinished(library, experimentId);
  const openings = split === 'test' ? await recordTestOpening(library, dataset.revision, { runId, experimentId, purpose: 'evaluate' }) : null;
  const { result: { passedOver, ...result }, predictions, stored, gpuNotUsed } = await evaluateOnce(library, runId, split, { tta, weights });
  tellPassedOver(passedOver);
  if (gpuNotUsed) say(`The GPU is NOT used: ${gpuNotUsed}`);
  if (weights === 'ema') say('Predictions of the average are not stored: what is compared are the weights themselves.');
  else if (!stored) say('Another process is at this run, so its predictions were not stored.');
  if (openings !== null) say(`The test set of this data revision has now been opened ${openings} ${openings === 1 ? 'time' : 'times'}.`);
  const withoutList = without && await figureWithout(library, runId, result, predictions, without);
  const reading = readingOf({ classes: result.classes, ...predictions });
  const calibration = calibrationOf({ classes: result.classes, ...predictions }, reading);
  if (json) {
    const { perClass, balancedAccuracy, bins, expectedCalibrationError } = reading;
    answerJson({ schemaVersion: 1, runId, ...result, confusion: options['no-matrix'] ? null : result.confusion, gpuNotUsed, testOpenings: openings, without: withoutList, balancedAccuracy, perClass, calibration: { expectedCalibrationError, interval: calibration?.interval ?? null, temperature: split === 'validation' && calibration ? { value: calibration.temperature, errorAfter: calibration.errorAfter } : null, bins } });
  } else answer([text(result, reading, calibration), withoutList && withoutText(withoutList)].filter(Boolean).join('\n'));
  return exits.done;
}

/** The figure without a list, recorded with the run beside the plain one. */
async function figureWithout(library: string, runId: string, { step, classes }: Pick<EvaluationResult, 'step' | 'classes'>, predictions: SplitPredictions, asked: Omit<WithoutList, 'at'>): Promise<TestWithout> {
  if (!(await recordWithout(library, await readRun(library, runId), asked))) say('Another process is at this run, so the figure without the list was not recorded.');
  return testFigure({ step, classes, ...predictions }, [{ ...asked, at: new Date().toISOString() }]).without[0]!;
}

const withoutText = ({ list, sha256, leftOut, images, right, accuracy }: TestWithout) =>
  `without "${list}" (${sha256.slice(0, 12)}), which leaves out ${leftOut}: ${percent(accuracy)}, ${right} of ${images} images. Another number than the test set's: beside the plain figure, never in its place.`;

/** The test set, opened once for all completed runs of an arm of a finished experiment. */
async function evaluateArm({ library, json, options }: Pick<CommandContext, 'library' | 'json' | 'options'>, experimentId: string, armKey: string): Promise<number> {
  if (options.split !== 'test' || !options['open-test'] || options.tta !== undefined || options.weights !== undefined) throw usage('--arm opens the test set for an arm: it goes with --split test --open-test, and each opening is recorded.');
  const without = options.without === undefined ? null : await testListOfArm(library, experimentId, armKey, options.without);
  const { evaluations, openings } = await openExperimentTestSet(library, experimentId, armKey);
  for (const { result, gpuNotUsed } of evaluations) {
    tellPassedOver(result.passedOver);
    if (gpuNotUsed) say(`The GPU is NOT used: ${gpuNotUsed}`);
  }
  say(`The test set of this data revision has now been opened ${openings} ${openings === 1 ? 'time' : 'times'}.`);
  const runs = [];
  for (const { runId, result, predictions } of evaluations) {
    const { passedOver: _, ...figures } = result;
    runs.push({ runId, ...figures, without: without && await figureWithout(library, runId, result, predictions, without) });
  }
  if (json) answerJson({ schemaVersion: 1, experimentId, armKey, testOpenings: openings, runs });
  else {
    const named = without && `without "${without.list}" (${without.sha256.slice(0, 12)})`;
    answer(table([['run', 'images', 'test accuracy', ...(named ? ['images', named] : [])], ...runs.map((run) => [run.runId, String(run.images), percent(run.accuracy), ...(run.without ? [String(run.without.images), percent(run.without.accuracy)] : [])])]));
  }
  return exits.done;
}

/** @throws usage */
export function weightsOption(given: string | undefined): WeightsKind {
  const found = weightsKinds.find((kind) => kind === (given ?? 'raw'));
  if (!found) throw usage(`--weights must be ${weightsKinds.join(' or ')}, not ${given}`);
  return found;
}

const isSplit = (text: string): text is EvaluationSplit => text === 'validation' || text === 'test';
const isTta = (text: string): text is TestTimeAugmentation => (testTimeAugmentations as readonly string[]).includes(text);

function text({ split, weights, step, epochsDone, images, loss, accuracy, top5, tta, device }: Omit<EvaluationResult, 'passedOver'>, { perClass, balancedAccuracy, expectedCalibrationError }: PredictionReading, calibration: CalibrationReading | null): string {
  const orNone = (fraction: number | null) => (fraction === null ? '–' : percent(fraction));
  const rows = perClass.map(({ name, images: count, precision, recall, f1 }) => [name, String(count), orNone(recall), orNone(precision), orNone(f1)]);
  return [
    `${split} accuracy ${percent(accuracy)}, loss ${loss.toFixed(4)}, on ${images} images; ${weights === 'ema' ? 'the weights\' average' : 'weights'} after step ${step} (${epochsDone} epochs), measured on the ${device.toUpperCase()}`,
    [top5 === null ? null : `top 5: ${percent(top5)}`, `balanced accuracy ${orNone(balancedAccuracy)}`, `expected calibration error ${percent(expectedCalibrationError)}${calibration ? ` (95 % interval ${percent(calibration.interval.low)} to ${percent(calibration.interval.high)})` : ''}`].filter(Boolean).join('; '),
    split === 'validation' && calibration && `one temperature, ${calibration.temperature.toFixed(3)}${isTemperatureLimit(calibration.temperature) ? ' (the end of what is searched)' : ''}, makes that error ${percent(calibration.errorAfter)}; export --temperature keeps it`,
    tta && `with test-time augmentation (${tta.kind}, ${tta.views} views): ${percent(tta.accuracy)}. Beside the plain figure, never in its place.`,
    table([['class', 'images', 'recall', 'precision', 'F1'], ...rows]),
  ].filter(Boolean).join('\n');
}
