import type { RunConfig } from '../../../core/config/run';
import { peakEpoch } from '../../../core/schedule/learningRate';
import type { useFormat } from '../../i18n/useFormat';

type Translate = (key: string, values?: Record<string, unknown>) => string;
type Key = 'network' | 'augmentation' | 'training' | 'optimizer' | 'schedule' | 'data' | 'seed';

/** A config in the few lines that tell runs apart. */
export function configFacts(config: RunConfig, t: Translate, format: ReturnType<typeof useFormat>): readonly { readonly key: Key; readonly value: string }[] {
  const { optimizer, schedule, data, model: { start } } = config;
  const begun = start === 'scratch' ? [] : [t('interchange.startFile', { file: start.path })];
  return [
    { key: 'network', value: [format.network(config.model.architecture), t(`stem.${config.model.stem}`), ...begun].join(t('common.comma')) },
    { key: 'augmentation', value: format.policy(config.augmentation) },
    { key: 'training', value: [t('facts.epochsBatch', { epochs: config.epochs, batch: config.batchSize }), ...options(config, t, format)].join(t('common.comma')) },
    { key: 'optimizer', value: optimizerFacts(optimizer, t, format) },
    { key: 'schedule', value: t('facts.rate', { kind: t(`recipe.schedule.${schedule.kind}`), rate: format.learningRate(schedule.learningRate), warmup: Number(peakEpoch(schedule, config.epochs).toFixed(2)) }) },
    { key: 'data', value: t('facts.images', { dataset: data.dataset === 'cifar10' ? 'CIFAR-10' : data.dataset, train: data.trainImages === null ? t('facts.allImages') : format.whole(data.trainImages), validation: format.whole(data.validationImages) }) },
    { key: 'seed', value: String(config.seed) },
  ];
}

function optimizerFacts(optimizer: RunConfig['optimizer'], t: Translate, format: ReturnType<typeof useFormat>): string {
  const decay = format.learningRate(optimizer.weightDecay);
  switch (optimizer.kind) {
    case 'sgd':
      return t('facts.sgd', { momentum: optimizer.momentum, decay });
    case 'adam':
    case 'adamw':
      return t('facts.adam', { kind: optimizer.kind === 'adam' ? 'Adam' : 'AdamW', decay });
    case 'muon':
      return t('facts.muon', { rate: format.learningRate(optimizer.filterLearningRate), momentum: optimizer.filterMomentum, rest: t('facts.sgd', { momentum: optimizer.momentum, decay }) });
  }
}

/** What departs from the plain way of training. */
function options({ emaDecay, microBatches, frozenEpochs, earlyStopping, timeBudgetMinutes, optimizer, continues }: RunConfig, t: Translate, format: ReturnType<typeof useFormat>): readonly string[] {
  return [
    ...(continues ? [t('training.facts.continues', { epochs: continues.epochs, run: continues.runId })] : []),
    ...(frozenEpochs > 0 ? [t('training.facts.frozen', { epochs: frozenEpochs })] : []),
    ...(microBatches > 1 ? [t('training.facts.parts', { count: microBatches })] : []),
    ...(optimizer.decayNormAndBias ? [] : [t('training.facts.noDecay')]),
    ...(emaDecay === null ? [] : [t('training.facts.ema', { decay: format.learningRate(emaDecay) })]),
    ...(earlyStopping ? [t('training.facts.stop', { epochs: earlyStopping.patienceEpochs })] : []),
    ...(timeBudgetMinutes === null ? [] : [t('training.facts.budget', { minutes: timeBudgetMinutes })]),
  ];
}
