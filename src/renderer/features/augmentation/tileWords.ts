import { operationsOf } from '../../../core/augmentation';
import type { Augmentation } from '../../../core/config/augmentation';
import { labelOf, labelText, labelWeights, type DrawnImage, type FactText } from '../../../core/inspection';
import { decimal, type Locale } from '../../../core/text/format';

/** A line under an image: the first word strong where it names an operation. */
interface TileLine { readonly strong: string; readonly text: string }
export interface TileWords {
  readonly lines: readonly TileLine[];
  /** All of it in a sentence, for a screen reader. */
  readonly name: string;
}

const joined = ({ name, value }: FactText) => (value ? `${name} ${value}` : name);

/** "dog 0.63, cat 0.37": what the loss is given as the label of a mixed image. */
const weightsText = (drawn: DrawnImage, labels: ArrayLike<number>, classes: readonly string[]): string =>
  labelWeights(drawn, (image) => labels[image] ?? 0).map(({ label, weight }) => `${classes[label] ?? ''} ${decimal(weight, 2)}`).join(', ');

/** Most lines of operations under one image; what is more is said in its name. */
const mostMain = 2;

/** Lines that a policy's words take at most: the same for all its draws, so that tiles stay where they are while they change. */
export function linesOf(augmentation: Augmentation): number {
  let [main, rest, mix] = [0, 0, 0];
  for (const operation of operationsOf(augmentation)) {
    switch (operation.kind) {
      case 'randomCrop': case 'flip': case 'alternatingFlip': case 'randomResizedCrop': rest = 1; break;
      case 'randAugment': main += operation.operations; break;
      case 'autoAugment': main += 2; break;
      case 'mixup': case 'cutmix': mix = 2; break;
      default: main += 1;
    }
  }
  return Math.max(1, Math.min(mostMain, main) + rest + mix);
}

export function tileWords(drawn: DrawnImage, locale: Locale, labels: ArrayLike<number>, classes: readonly string[], epochText: string): TileWords {
  const { main, rest } = labelOf(drawn, locale);
  const mixed = drawn.mix === null ? [] : main.slice(-1);
  const own = drawn.mix === null ? main : main.slice(0, -1);
  const shown = own.length <= mostMain ? own.map(({ name, value }): TileLine => ({ strong: name, text: value })) : [
    ...own.slice(0, mostMain - 1).map(({ name, value }): TileLine => ({ strong: name, text: value })), { strong: '', text: own.slice(mostMain - 1).map(joined).join(', ') },
  ];
  const placed = rest.map(joined).join(', ');
  const weights = drawn.mix === null ? '' : weightsText(drawn, labels, classes);
  return {
    lines: [...shown, ...mixed.map(({ name, value }): TileLine => ({ strong: name, text: value })), ...(weights ? [{ strong: '', text: weights }] : []), ...(placed ? [{ strong: '', text: placed }] : [])],
    name: [epochText, labelText(drawn, locale), weights].filter(Boolean).join(locale === 'ja' ? '、' : ', '),
  };
}
