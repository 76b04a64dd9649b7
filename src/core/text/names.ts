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
  device: { en: 'device', ja: '装置' },
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
  optimizer: { en: 'optimizer', ja: 'オプティマイザー' },
  'optimizer.kind': { en: 'optimizer', ja: 'オプティマイザー' },
  'optimizer.momentum': { en: 'momentum', ja: 'モメンタム' },
  'optimizer.nesterov': { en: 'Nesterov momentum', ja: 'Nesterov モメンタム' },
  'optimizer.weightDecay': { en: 'weight decay', ja: '重み減衰' },
  'schedule.kind': { en: 'schedule', ja: 'スケジュール' },
  'schedule.learningRate': { en: 'learning rate', ja: '学習率' },
  'schedule.warmupEpochs': { en: 'warm-up epochs', ja: 'ウォームアップのエポック数' },
  totalSteps: { en: 'steps', ja: 'ステップ数' },
  stepsPerEpoch: { en: 'steps an epoch', ja: '1エポックのステップ数' },
  datasetRevision: { en: 'data revision', ja: 'データのリビジョン' },
  numericsVersion: { en: 'numerics version', ja: '数値計算のバージョン' },
  tensorflow: { en: 'TensorFlow', ja: 'TensorFlow' },
};

/** Levels whose own word is enough: the field's name is not said again. */
const levels: Readonly<Record<string, Readonly<Record<string, { readonly en: string; readonly ja: string }>>>> = {
  augmentation: presetNames,
  'model.stem': { imagenet: { en: 'ImageNet stem', ja: 'ImageNetステム' }, cifar: { en: 'CIFAR stem', ja: 'CIFARステム' } },
  'model.start': { scratch: { en: 'from scratch', ja: 'ゼロから' } },
  'optimizer.kind': { sgd: { en: 'SGD', ja: 'SGD' }, adam: { en: 'Adam', ja: 'Adam' }, adamw: { en: 'AdamW', ja: 'AdamW' } },
  'schedule.kind': { cosine: { en: 'cosine schedule', ja: 'コサイン' }, constant: { en: 'constant rate', ja: '一定' } },
};

/** "learning rate", 学習率 */
export const fieldName = (field: string, locale: Locale): string => (Object.hasOwn(fields, field) ? fields[field]![locale] : field);

/** A value as such: "0.05", "crop + flip", "null" as none. */
export function valueText(field: string, level: Level, locale: Locale): string {
  if (typeof level === 'string') return Object.hasOwn(levels, field) && Object.hasOwn(levels[field]!, level) ? levels[field]![level]![locale] : architecture(level);
  if (typeof level === 'number') return Number.isInteger(level) ? whole(level) : learningRate(level);
  if (typeof level === 'boolean') return locale === 'ja' ? (level ? 'あり' : 'なし') : level ? 'on' : 'off';
  if (level === null) return locale === 'ja' ? (field === 'data.trainImages' ? 'すべて' : 'なし') : field === 'data.trainImages' ? 'all' : 'none';
  if (field === 'optimizer') return optimizerText(level, locale);
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

/** "SGD", "Adam, weight decay 0.0005": the kind, and what departs from its defaults. */
function optimizerText(level: Level, locale: Locale): string {
  const { kind, ...given } = level as Record<string, Level>;
  const known = runConfigSchema.shape.optimizer.safeParse({ kind });
  if (!known.success) return JSON.stringify(level);
  const defaults = known.data as unknown as Readonly<Record<string, Level>>;
  const others = Object.entries(given).filter(([key, value]) => value !== defaults[key]).map(([key, value]) => `${fieldName(`optimizer.${key}`, locale)} ${valueText(`optimizer.${key}`, value, locale)}`);
  return [valueText('optimizer.kind', kind as Level, locale), ...others].join(locale === 'ja' ? '、' : ', ');
}

const architecture = (text: string) => text.replace(/^resnet(?=\d+$)/, 'ResNet-');

/** A level that stands alone: "5 epochs", "crop + flip", "learning rate 0.05". */
export function levelName(field: string, level: Level, locale: Locale): string {
  const text = valueText(field, level, locale);
  if (field === 'epochs') return locale === 'ja' ? `${text}エポック` : level === 1 ? '1 epoch' : `${text} epochs`;
  if (typeof level === 'string' || field === 'optimizer' || (field === 'augmentation' && Array.isArray(level)) || (field === 'model.start' && typeof level === 'object' && level !== null)) return text;
  return `${fieldName(field, locale)} ${text}`;
}

/** "crop + flip, 20 epochs": an arm by its levels, in the order in which they stand. Empty levels: the empty string. */
export const armName = (of: Levels, locale: Locale): string =>
  Object.entries(of).map(([field, level]) => levelName(field, level, locale)).join(locale === 'ja' ? '、' : ', ');
