import { trivialAugmentNames } from '../augmentation/names';
import { defaultOperation, operationKinds, type PolicyName, type PolicyOperation } from '../config/augmentation';
import type { Level } from '../judgement/comparison';
import type { Locale } from './format';

type Words = { readonly en: string; readonly ja: string };
const same = (text: string): Words => ({ en: text, ja: text });

export const presetNames: Readonly<Record<PolicyName, Words>> = {
  none: { en: 'none', ja: '拡張なし' },
  'crop-flip': same('crop + flip'),
  'crop-flip-trivialaugment': same('crop + flip + TrivialAugment'),
  'crop-flip-randaugment': same('crop + flip + RandAugment'),
  'crop-flip-autoaugment': same('crop + flip + AutoAugment'),
  'crop-flip-cutout': same('crop + flip + Cutout'),
  'crop-flip-erasing': { en: 'crop + flip + random erasing', ja: 'crop + flip + ランダム消去' },
  'crop-flip-trivialaugment-cutout': same('crop + flip + TrivialAugment + Cutout'),
  'crop-flip-mixup': same('crop + flip + Mixup'),
  'crop-flip-cutmix': same('crop + flip + CutMix'),
  'reflectcrop-alternatingflip': { en: 'reflected crop + alternating flip', ja: '反射 crop + 交互 flip' },
  'resizedcrop-flip': { en: 'resized crop + flip', ja: 'リサイズ crop + flip' },
  'resizedcrop-flip-trivialaugment-erasing-mixup-cutmix': {
    en: 'resized crop + flip + TrivialAugment + random erasing + Mixup or CutMix', ja: 'リサイズ crop + flip + TrivialAugment + ランダム消去 + Mixup か CutMix',
  },
};

/** "crop", ランダム消去: an operation of a policy by its field's term. */
const operationNames: Readonly<Record<PolicyOperation['kind'], Words>> = {
  randomCrop: same('crop'),
  flip: same('flip'),
  alternatingFlip: { en: 'alternating flip', ja: '交互 flip' },
  randomResizedCrop: { en: 'resized crop', ja: 'リサイズ crop' },
  trivialAugmentWide: same('TrivialAugment'),
  randAugment: same('RandAugment'),
  autoAugment: same('AutoAugment'),
  colorJitter: { en: 'color jitter', ja: '色の変動' },
  randomErasing: { en: 'random erasing', ja: 'ランダム消去' },
  cutout: same('Cutout'),
  mixup: same('Mixup'),
  cutmix: same('CutMix'),
};

/** Parameters of operations by their name in a config. */
const parameterNames: Readonly<Record<string, Words>> = {
  padding: { en: 'padding', ja: '余白' },
  fill: { en: 'border', ja: '縁' },
  probability: { en: 'probability', ja: '確率' },
  scale: { en: 'area', ja: '面積比' },
  ratio: { en: 'ratio', ja: '縦横比' },
  bins: { en: 'bins', ja: '段階数' },
  strengths: { en: 'strengths', ja: '強さの上限' },
  operations: { en: 'operations', ja: '操作' },
  magnitude: { en: 'magnitude', ja: '強さ' },
  policy: { en: 'policy', ja: '方策' },
  brightness: { en: 'brightness', ja: '明るさ' },
  contrast: { en: 'contrast', ja: 'コントラスト' },
  saturation: { en: 'saturation', ja: '彩度' },
  hue: { en: 'hue', ja: '色相' },
  value: { en: 'value', ja: '値' },
  side: { en: 'side', ja: '一辺' },
  alpha: { en: 'alpha', ja: 'α' },
  switchProbability: { en: 'share of CutMix', ja: 'CutMix の割合' },
};
const fills: Readonly<Record<string, Words>> = { zero: { en: 'black', ja: '黒' }, reflect: { en: 'reflected', ja: '反射' } };

export const operationName = (kind: PolicyOperation['kind'], locale: Locale): string => operationNames[kind][locale];
/** A parameter by its name in a config; the name itself where it has no word. */
export const parameterName = (key: string, locale: Locale): string => (Object.hasOwn(parameterNames, key) ? parameterNames[key]![locale] : key);

/** "4", "0.02–0.33", "125/123/114", "reflected": a parameter's value. */
export function parameterText(value: unknown, locale: Locale): string {
  // Two numbers are a range, three a colour.
  if (Array.isArray(value)) return value.map((one) => parameterText(one, locale)).join(value.length === 2 && typeof value[0] === 'number' ? '–' : typeof value[0] === 'number' ? '/' : locale === 'ja' ? '・' : ' ');
  if (typeof value === 'number') return String(Number(value.toFixed(4)));
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([key, inner]) => `${key} ${parameterText(inner, locale)}`).join(locale === 'ja' ? '・' : ' ');
  const text = String(value);
  return Object.hasOwn(fills, text) ? fills[text]![locale] : text;
}

/** "without Rotate Color": TrivialAugment's operations by those it lacks; empty where it lacks more than it has. */
function withoutText(names: unknown, locale: Locale): string {
  const lacks = trivialAugmentNames.filter((name) => Array.isArray(names) && !names.includes(name));
  if (lacks.length === 0 || lacks.length > trivialAugmentNames.length / 2) return '';
  return locale === 'ja' ? `${lacks.join('・')} なし` : `without ${lacks.join(' ')}`;
}

/** "crop (padding 2, border reflected) + flip": operations in order, each with what departs from its defaults; null for what is no such list. */
export function policyText(level: Level, locale: Locale): string | null {
  if (!Array.isArray(level)) return null;
  if (level.length === 0) return presetNames.none[locale];
  const texts = (level as Readonly<Record<string, unknown>>[]).map((operation) => {
    const { kind, ...given } = operation ?? {};
    if (!(operationKinds as readonly unknown[]).includes(kind)) return null;
    const defaults = defaultOperation(kind as PolicyOperation['kind']) as unknown as Readonly<Record<string, unknown>>;
    const others = Object.entries(given).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults[key]))
      .map(([key, value]) => (kind === 'trivialAugmentWide' && key === 'operations' && withoutText(value, locale)) || `${parameterName(key, locale)} ${parameterText(value, locale)}`);
    const name = operationNames[kind as PolicyOperation['kind']][locale];
    if (others.length === 0) return name;
    return locale === 'ja' ? `${name}（${others.join('、')}）` : `${name} (${others.join(', ')})`;
  });
  return texts.includes(null) ? null : texts.join(' + ');
}
