import { mostMistaken } from '../predictions/mostMistaken';
import { decimal, whole, type Locale } from '../text/format';
import type { Drawing } from './figure';
import { element, label, svgElement } from './svg';
import type { FigureTheme } from './theme';
import { fitted, textWidth } from './width';
import { figureWords } from './words';

/** `confusion[label][answer]`: images, or means of images over seeds. */
export interface Confusion {
  readonly classes: readonly string[];
  readonly confusion: readonly (readonly number[])[];
}

/** Beyond this many classes a cell is too small to hold a number. */
const mostNumbers = 24;
/** A thousand classes would be a million cells: then it shows those that are mistaken most. */
export const mostClassesDrawn = 100;
/** Names closer than this lie on one another: then only every other one is written, or every third. */
const nameHeight = 11;

/** The mistakes, most images first. */
export const mistakes = ({ classes, confusion }: Confusion): readonly { readonly label: string; readonly answer: string; readonly images: number; readonly ofLabel: number }[] =>
  confusion.flatMap((row, i) => {
    const all = sum(row);
    return row.flatMap((images, j) => (i === j || images === 0 ? [] : [{ label: classes[i]!, answer: classes[j]!, images, ofLabel: images / all }]));
  }).sort((a, b) => b.images - a.images);

const sum = (row: readonly number[]) => row.reduce((total, one) => total + one, 0);

/** Percent of each true class, also of the images whose answer is not shown: mistakes in vermillion, as strong as they are frequent; the diagonal plain. */
export function confusionDrawing(of: Confusion, { width, theme, locale }: { readonly width: number; readonly theme: FigureTheme; readonly locale: Locale }): Drawing {
  const words = figureWords[locale].confusion;
  const shown = of.classes.length <= mostClassesDrawn ? of.classes.map((_, i) => i) : mostMistaken(of.confusion, mostClassesDrawn);
  const classes = shown.map((i) => of.classes[i]!);
  const totals = shown.map((i) => sum(of.confusion[i]!));
  const confusion = shown.map((i) => shown.map((j) => of.confusion[i]![j]!));
  const names = Math.min(width * 0.24, Math.max(0, ...classes.map((name) => textWidth(name, 11))) + 10);
  const cell = Math.min(44, (width - names * 1.7) / Math.max(1, classes.length));
  const rowHeight = Math.min(26, cell);
  const height = names * 0.75 + classes.length * rowHeight + 4;
  const top = names * 0.75;
  const shareOf = (i: number, j: number) => (totals[i] === 0 ? null : confusion[i]![j]! / totals[i]!);
  const strongest = confusion.reduce((most, row, i) => row.reduce((best, _, j) => (i === j ? best : Math.max(best, shareOf(i, j) ?? 0)), most), 0.05);
  const cells = confusion.flatMap((row, i) => row.map((images, j) => {
    if (images === 0 && i !== j) return '';
    const share = shareOf(i, j);
    const [x, y] = [names + j * cell, top + i * rowHeight];
    const box = i === j
      ? element('rect', { x: x + 0.5, y: y + 0.5, width: cell - 1, height: rowHeight - 1, fill: theme.grid })
      : element('rect', { x: x + 0.5, y: y + 0.5, width: cell - 1, height: rowHeight - 1, fill: theme.heatError, 'fill-opacity': share === null ? 0 : (share / strongest) * 0.6 });
    const written = share !== null && classes.length <= mostNumbers && share >= 0.005;
    return box + (written ? label(decimal(share * 100, i === j || share >= 0.0995 ? 0 : 1), { x: x + cell / 2, y: y + rowHeight / 2 + 4, fill: theme.ink, size: 11, anchor: 'middle' }) : '');
  }));
  const every = Math.max(1, Math.ceil(nameHeight / rowHeight));
  const heads = classes.flatMap((name, i) => (i % every > 0 ? [] : [
    label(fitted(name, names - 8, 11), { x: names - 6, y: top + (i + 0.5) * rowHeight + 4, fill: theme.inkSoft, size: 11, anchor: 'end' }),
    element('g', { transform: `translate(${Math.round(names + (i + 0.5) * cell + 3)} ${Math.round(top - 6)}) rotate(-48)` }, label(fitted(name, names - 8, 11), { x: 0, y: 0, fill: theme.inkSoft, size: 11 })),
  ]));
  const worst = mistakes(of).slice(0, 3).map(({ label: one, answer, images }) => words.row(one, answer, Number.isInteger(images) ? whole(images) : decimal(images, 1)));
  const description = words.says(worst.length === 0 ? words.none : worst.join(locale === 'ja' ? '、' : ', '));
  const drawnWidth = Math.min(width, names + classes.length * cell + names * 0.7);
  return { kind: 'drawing', id: 'confusion', title: words.title, caption: shown.length === of.classes.length ? words.caption : `${words.caption}${words.part(whole(shown.length), whole(of.classes.length))}`, description, width: drawnWidth, height, svg: svgElement(cells.join('') + heads.join(''), { width: drawnWidth, height, description, font: theme.font }) };
}
