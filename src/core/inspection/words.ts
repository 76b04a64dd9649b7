import type { Augmentation } from '../config/augmentation';
import { policyText, presetNames } from '../text/augmentation';
import { decimal, signed, whole, type Locale } from '../text/format';
import { drawFact, mixFact, type DrawFact } from './facts';
import type { DrawnImage } from './inspector';
import type { Term } from './terms';

/** "Rotate", "−58.5°": an operation and what was drawn for it; `value` is empty where it has nothing to tell. */
export interface FactText {
  readonly name: string;
  readonly value: string;
}

type Words = { readonly en: string; readonly ja: string };

/** torchvision's operations keep its names in every language. */
const termWords: Readonly<Partial<Record<Term, Words>>> = {
  crop: { en: 'crop', ja: 'crop' },
  flip: { en: 'flip', ja: 'flip' },
  resizedCrop: { en: 'resized crop', ja: 'リサイズ crop' },
  brightness: { en: 'brightness', ja: '明るさ' },
  contrast: { en: 'contrast', ja: 'コントラスト' },
  saturation: { en: 'saturation', ja: '彩度' },
  hue: { en: 'hue', ja: '色相' },
  erase: { en: 'erased', ja: '消去' },
  cutout: { en: 'Cutout', ja: 'Cutout' },
  mixup: { en: 'Mixup', ja: 'Mixup' },
  cutmix: { en: 'CutMix', ja: 'CutMix' },
};
const bits: Words = { en: 'bits', ja: 'ビット' };

export const termText = (term: Term, locale: Locale): string => termWords[term]?.[locale] ?? term;

/** "crop + flip + TrivialAugment"; a list says what departs from defaults. */
export const augmentationText = (augmentation: Augmentation, locale: Locale): string => (typeof augmentation === 'string' ? presetNames[augmentation][locale] : policyText(augmentation, locale) ?? '');

/** "76.5°", "× 0.41", "7 bits", "from 43", "−8 px": a magnitude with its unit; empty where there is none. */
export function magnitudeText({ magnitude, unit }: Pick<DrawFact, 'magnitude' | 'unit'>, locale: Locale): string {
  if (magnitude === null || unit === null) return '';
  switch (unit) {
    case 'px': return `${signed(magnitude, 0)} px`;
    case 'degrees': return `${decimal(magnitude, 1)}°`;
    case 'factor': return `× ${decimal(magnitude, 2)}`;
    case 'slope': return decimal(magnitude, 2);
    case 'bits': return `${whole(magnitude)} ${bits[locale]}`;
    case 'threshold': return locale === 'ja' ? `${whole(magnitude)} 以上` : `from ${whole(magnitude)}`;
    case 'lambda': return `λ ${decimal(magnitude, 2)}`;
  }
}

export function factText(fact: DrawFact, locale: Locale): FactText {
  const { offset, window } = fact;
  const area = window && `${window.width} × ${window.height} ${locale === 'ja' ? '@' : 'at'} ${window.left}, ${window.top}`;
  const value = offset ? `${signed(offset.x, 0)}, ${signed(offset.y, 0)}` : [magnitudeText(fact, locale), area].filter(Boolean).join(', ');
  return { name: termText(fact.term, locale), value };
}

/**
 * A tile's label. `main`: what the automatic policies, colour, erasing and mixing did (TrivialAugment's operation also where its strength is nothing);
 * `rest`: crop and flip. Flips that were not drawn and what a probability left out are not told.
 */
export function labelOf({ draws, mix }: Pick<DrawnImage, 'draws' | 'mix'>, locale: Locale): { readonly main: readonly FactText[]; readonly rest: readonly FactText[] } {
  const told = draws.filter((draw) => draw.kind === 'flip' ? draw.flipped : draw.kind === 'erase' ? draw.window !== null : draw.kind === 'operation' && draw.by === 'autoAugment' ? draw.applied : true).map(drawFact);
  const placed = (fact: DrawFact) => fact.term === 'crop' || fact.term === 'flip' || fact.term === 'resizedCrop';
  return {
    main: [...told.filter((fact) => !placed(fact)), ...(mix ? [mixFact(mix.draw)] : [])].map((fact) => factText(fact, locale)),
    rest: told.filter(placed).map((fact) => factText(fact, locale)),
  };
}

const joined = ({ name, value }: FactText) => (value ? `${name} ${value}` : name);
/** Both parts of a label in a line, for a screen reader or a sheet. */
export const labelText = (drawn: Pick<DrawnImage, 'draws' | 'mix'>, locale: Locale): string => {
  const { main, rest } = labelOf(drawn, locale);
  return [...main, ...rest].map(joined).join(', ');
};
