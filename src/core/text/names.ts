import { runConfigSchema } from '../config/run';
import type { Level, Levels } from '../judgement/comparison';
import { policyText, presetNames } from './augmentation';
import { learningRate, whole, type Locale } from './format';

/** Fields of a run config as a person calls them. A field that is not here is called by its path. */
const fields: Readonly<Record<string, { readonly en: string; readonly ja: string }>> = {
  augmentation: { en: 'augmentation', ja: 'データ拡張' },
  epochs: { en: 'epochs', ja: 'エポック数' },
  batchSize: { en: 'batch size', ja: 'バッチサイズ' },
  labelSmoothing: { en: 'label smoothing', ja: 'ラベル平滑化' },
  clipNorm: { en: 'gradient clipping', ja: '勾配クリッピング' },
  precision: { en: 'precision', ja: '数値精度' },
  xla: { en: 'XLA', ja: 'XLA' },
  device: { en: 'device', ja: 'デバイス' },
  intraOpThreads: { en: 'threads', ja: 'スレッド数' },
  workers: { en: 'augmentation workers', ja: '拡張ワーカー' },
  checkpointEveryMinutes: { en: 'checkpoint rhythm', ja: 'チェックポイントの間隔' },
  seed: { en: 'seed', ja: 'シード' },
  name: { en: 'name', ja: '名前' },
  'model.architecture': { en: 'network', ja: 'ネットワーク' },
  'model.stem': { en: 'stem', ja: 'ステム' },
  'model.start': { en: 'starting weights', ja: '初期重み' },
  'data.dataset': { en: 'data set', ja: 'データセット' },
  'data.trainImages': { en: 'training images', ja: '訓練画像の枚数' },
  'data.validationImages': { en: 'validation images', ja: '検証画像の枚数' },
  'data.splitSeed': { en: 'seed of the split', ja: '分割のシード' },
  'data.exclude': { en: 'images left out', ja: '除外した画像' },
  optimizer: { en: 'optimizer', ja: 'オプティマイザー' },
  'optimizer.kind': { en: 'optimizer', ja: 'オプティマイザー' },
  'optimizer.momentum': { en: 'momentum', ja: 'モメンタム' },
  'optimizer.nesterov': { en: 'Nesterov momentum', ja: 'Nesterov モメンタム' },
  'optimizer.weightDecay': { en: 'weight decay', ja: '重み減衰' },
  'optimizer.filterLearningRate': { en: 'learning rate of the filters', ja: 'フィルターの学習率' },
  'optimizer.filterMomentum': { en: 'momentum of the filters', ja: 'フィルターのモメンタム' },
  'optimizer.filterWeightDecay': { en: 'weight decay of the filters', ja: 'フィルターの重み減衰' },
  'optimizer.newtonSchulzSteps': { en: 'Newton-Schulz iterations', ja: 'Newton-Schulz の反復回数' },
  'optimizer.normalizeFilters': { en: 'normalised filters', ja: 'フィルターの正規化' },
  'schedule.kind': { en: 'schedule', ja: 'スケジュール' },
  'schedule.learningRate': { en: 'learning rate', ja: '学習率' },
  'schedule.warmupEpochs': { en: 'warm-up epochs', ja: 'ウォームアップのエポック数' },
  schedule: { en: 'schedule', ja: 'スケジュール' },
  'schedule.finalFraction': { en: 'last part of the rate', ja: '最後の学習率の割合' },
  'schedule.everyEpochs': { en: 'epochs between decays', ja: '減衰の間隔' },
  'schedule.milestones': { en: 'epochs of decays', ja: '減衰するエポック' },
  'schedule.gamma': { en: 'decay of the rate', ja: '学習率の倍率' },
  'schedule.warmupFraction': { en: 'rise of the cycle', ja: 'サイクルの上昇割合' },
  'schedule.divFactor': { en: 'first divisor', ja: '開始の除数' },
  'schedule.finalDivFactor': { en: 'last divisor', ja: '終了の除数' },
  'optimizer.decayNormAndBias': { en: 'weight decay on norms and biases', ja: '正規化とバイアスの重み減衰' },
  emaDecay: { en: 'average of weights', ja: '重みの移動平均' },
  emaWarmup: { en: 'rising decay of the average', ja: '移動平均の減衰率の上昇' },
  microBatches: { en: 'parts of a batch', ja: 'バッチの分割' },
  frozenEpochs: { en: 'epochs of the classifier alone', ja: '分類層だけのエポック数' },
  earlyStopping: { en: 'early stopping', ja: '早期終了' },
  'earlyStopping.monitor': { en: 'by validation', ja: '見る値：検証' },
  'earlyStopping.patienceEpochs': { en: 'patience', ja: '待つエポック数' },
  'earlyStopping.minDelta': { en: 'by more than', ja: '改善の幅' },
  timeBudgetMinutes: { en: 'time budget in minutes', ja: '時間の上限（分）' },
  continues: { en: 'continued run', ja: '引き継いだ実行' },
  keepOptimizerState: { en: 'kept optimizer state', ja: 'オプティマイザーの状態の保存' },
  totalSteps: { en: 'steps', ja: 'ステップ数' },
  stepsPerEpoch: { en: 'steps an epoch', ja: '1エポックのステップ数' },
  datasetRevision: { en: 'data revision', ja: 'データのリビジョン' },
  numericsVersion: { en: 'numerics version', ja: '数値計算のバージョン' },
  tensorflow: { en: 'TensorFlow', ja: 'TensorFlow' },
};

/** Levels whose own word is enough: the field's name is not said again. */
const levels: Readonly<Record<string, Readonly<Record<string, { readonly en: string; readonly ja: string }>>>> = {
  augmentation: presetNames,
  'model.stem': { imagenet: { en: 'ImageNet stem', ja: 'ImageNetステム' }, cifar: { en: 'CIFAR stem', ja: 'CIFARステム' }, own: { en: 'its own first layers', ja: '固有の最初の層' } },
  'model.architecture': { fast: { en: 'fast network', ja: '高速ネットワーク' } },
  'model.start': { scratch: { en: 'from scratch', ja: 'ゼロから' } },
  'optimizer.kind': { sgd: { en: 'SGD', ja: 'SGD' }, adam: { en: 'Adam', ja: 'Adam' }, adamw: { en: 'AdamW', ja: 'AdamW' }, muon: { en: 'Muon', ja: 'Muon' } },
  'schedule.kind': {
    cosine: { en: 'cosine schedule', ja: 'コサイン' }, constant: { en: 'constant rate', ja: '一定' }, linear: { en: 'linear schedule', ja: '線形' }, step: { en: 'step schedule', ja: 'ステップ' },
    'multi-step': { en: 'multi-step schedule', ja: 'マルチステップ' }, 'one-cycle': { en: 'one-cycle schedule', ja: 'ワンサイクル' },
  },
};

/** "learning rate", 学習率 */
export const fieldName = (field: string, locale: Locale): string => (Object.hasOwn(fields, field) ? fields[field]![locale] : field);

/** A value as such: "0.05", "crop + flip", "null" as none. */
export function valueText(field: string, level: Level, locale: Locale): string {
  if (typeof level === 'string') return Object.hasOwn(levels, field) && Object.hasOwn(levels[field]!, level) ? levels[field]![level]![locale] : networkName(level);
  if (typeof level === 'number') return Number.isInteger(level) ? whole(level) : learningRate(level);
  if (typeof level === 'boolean') return locale === 'ja' ? (level ? 'あり' : 'なし') : level ? 'on' : 'off';
  if (level === null) return locale === 'ja' ? (field === 'data.trainImages' ? 'すべて' : 'なし') : field === 'data.trainImages' ? 'all' : 'none';
  if (field === 'optimizer') return optimizerText(level, locale);
  if (field === 'continues') return continuedText(level, locale);
  if (field === 'data.exclude') return excludedText(level, locale);
  if (field === 'schedule' || field === 'earlyStopping') return partsText(field, level, locale);
  if (field === 'augmentation') return policyText(level, locale) ?? JSON.stringify(level);
  return (field === 'model.start' && fileText(level, locale)) || JSON.stringify(level);
}

/** "weights of resnet50.pth": by the file's name, wherever it lay; empty for what is no file. */
function fileText(level: Level, locale: Locale): string {
  const { path } = level as Record<string, Level>;
  if (typeof path !== 'string') return '';
  const name = path.split(/[\\/]/).at(-1)!;
  return locale === 'ja' ? `${name} の重み` : `weights of ${name}`;
}

/** "list twins", or by its hash where the name takes no part: "list 3fa29c11" */
function excludedText(level: Level, locale: Locale): string {
  const { list, sha256 } = level as Record<string, Level>;
  const named = typeof list === 'string' ? list : typeof sha256 === 'string' ? sha256.slice(0, 8) : JSON.stringify(level);
  return locale === 'ja' ? `リスト ${named}` : `list ${named}`;
}

/** "after 20 epochs" */
function continuedText(level: Level, locale: Locale): string {
  const { epochs } = level as Record<string, Level>;
  return locale === 'ja' ? `${String(epochs)}エポックの後` : `after ${String(epochs)} epochs`;
}

/** "multi-step schedule, epochs of decays 6 / 9": the kind, where it has one, and all that it was given. */
function partsText(field: string, level: Level, locale: Locale): string {
  const { kind, ...given } = level as Record<string, Level>;
  const others = Object.entries(given).map(([key, value]) => `${fieldName(`${field}.${key}`, locale)} ${Array.isArray(value) ? value.join(' / ') : valueText(`${field}.${key}`, value, locale)}`);
  return [...(kind === undefined ? [] : [valueText(`${field}.kind`, kind, locale)]), ...others].join(locale === 'ja' ? '、' : ', ');
}

/** "SGD", "Adam, weight decay 0.0005": the kind, and what departs from its defaults. */
function optimizerText(level: Level, locale: Locale): string {
  const { kind, ...given } = level as Record<string, Level>;
  const known = runConfigSchema.shape.optimizer.safeParse({ kind });
  if (!known.success) return JSON.stringify(level);
  const defaults = known.data as unknown as Readonly<Record<string, Level>>;
  const others = Object.entries(given).filter(([key, value]) => value !== defaults[key]).map(([key, value]) => `${fieldName(`optimizer.${key}`, locale)} ${valueText(`optimizer.${key}`, value, locale)}`);
  return [valueText('optimizer.kind', kind as Level, locale), ...others].join(locale === 'ja' ? '、' : ', ');
}

const networkName = (text: string) => text.replace(/^resnet(?=\d+$)/, 'ResNet-').replace(/^wide-resnet(?=-\d+-\d+$)/, 'WideResNet');

/** A level that stands alone: "5 epochs", "crop + flip", "learning rate 0.05". */
export function levelName(field: string, level: Level, locale: Locale): string {
  const text = valueText(field, level, locale);
  if (field === 'epochs') return locale === 'ja' ? `${text}エポック` : level === 1 ? '1 epoch' : `${text} epochs`;
  if (typeof level === 'string' || field === 'optimizer' || field === 'schedule' || (field === 'augmentation' && Array.isArray(level)) || (field === 'model.start' && typeof level === 'object' && level !== null)) return text;
  return `${fieldName(field, locale)} ${text}`;
}

/** "crop + flip, 20 epochs": an arm by its levels, in the order in which they stand. Empty levels: the empty string. */
export const armName = (of: Levels, locale: Locale): string =>
  Object.entries(of).map(([field, level]) => levelName(field, level, locale)).join(locale === 'ja' ? '、' : ', ');
