import type { DatasetManifest } from '../../contracts/dataset';
import type { RunConfig } from '../../core/config/run';
import { slotNames } from '../../core/model/optimizerSlots';
import { elements, parametersOf } from '../../core/model/parameters';
import { networkPlan } from '../../core/model/plan';
import { epochAnswersBytes } from '../../library/epochAnswers';

const bytesPerNumber = 4;
/** Events and the manifest: a step's figures take about this much. */
const bytesPerStep = 60;

/** What completed runs keep on disk: the weights of the last and the best checkpoint and their averages, predictions, answers after each epoch, events. */
function keptBytes(config: RunConfig, dataset: DatasetManifest, rest: number): number {
  const checkpoints = config.epochs === 1 ? 1 : 2;
  const copies = checkpoints * weightsInCheckpoint(config) + (config.keepOptimizerState ? slotNames(config.optimizer).length : 0);
  const steps = config.epochs * Math.ceil((config.data.trainImages ?? rest) / config.batchSize);
  return copies * weightBytes(config, dataset) + config.data.validationImages * dataset.classes.length * bytesPerNumber + epochAnswersBytes(config.data.validationImages, config.epochs) + steps * bytesPerStep;
}

/** What a run takes beyond that while it trains: the last two and the best checkpoint with the optimizer's state, and one being written. */
function workingBytes(config: RunConfig, dataset: DatasetManifest): number {
  return 4 * (weightsInCheckpoint(config) + slotNames(config.optimizer).length) * weightBytes(config, dataset);
}

/** The weights, and their moving average where one is kept. */
const weightsInCheckpoint = ({ emaDecay }: RunConfig) => (emaDecay === null ? 1 : 2);

const weightBytes = ({ model }: RunConfig, { classes, image }: DatasetManifest) =>
  parametersOf(networkPlan(model, image.channels, classes.length)).reduce((sum, { shape }) => sum + elements(shape), 0) * bytesPerNumber;

/** All runs' kept bytes, and what the largest takes beyond that while it trains. @param more runs like the mean of these, not named yet */
export async function diskOf(configs: readonly RunConfig[], more: number, datasets: { dataset(id: string): Promise<DatasetManifest>; trainingImages(config: RunConfig): Promise<number> }): Promise<number> {
  const sizes = await Promise.all(configs.map(async (config) => {
    const dataset = await datasets.dataset(config.data.dataset);
    return { kept: keptBytes(config, dataset, await datasets.trainingImages(config)), working: workingBytes(config, dataset) };
  }));
  if (sizes.length === 0) return 0;
  const kept = sizes.reduce((sum, size) => sum + size.kept, 0);
  return Math.round(kept * (1 + more / sizes.length) + Math.max(...sizes.map(({ working }) => working)));
}
