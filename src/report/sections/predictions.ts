import { armStyle, confusionDrawing, lightTheme as theme, mistakes, mostClassesDrawn, reliabilityFigure } from '../../core/figures';
import { armLabel, toHtml, type Cell, type Table } from '../../core/tables';
import { count, difference, number, text } from '../../core/tables/table';
import { decimal, whole } from '../../core/text/format';
import type { ArmPredictions, ReportData, ReportPredictions } from '../data';
import { absent, chart, csvLink, e, isolated, name, paragraph, section } from '../html';
import type { ReportWords } from '../words';

/** The parts that need predictions; where there are none each says why, and how to get them. */
export function predictionSections(data: ReportData, words: ReportWords): string {
  const { predictions } = data;
  if ('missing' in predictions) {
    const { missing } = predictions;
    const why = missing.kind === 'failed' ? words.predictions.failed(missing.message) : words.predictions[missing.kind];
    const command = missing.kind === 'not-stored' ? `<pre>${e(data.command)}</pre>` : '';
    return section('confusion', [words.parts.confusion, words.parts.calibration, words.parts.worst].join(words.list), '', absent(why) + command);
  }
  return confusionSection(data, predictions, words) + calibrationSection(data, predictions, words) + worstSection(data, predictions, words);
}

/** At most this many matrices: the reference and the highest arm say most. */
function shownArms({ comparison }: ReportData, { arms }: ReportPredictions): readonly ArmPredictions[] {
  const mean = (key: string) => comparison.arms.find((arm) => arm.key === key)?.validation.mean ?? 0;
  const highest = arms.reduce<ArmPredictions | null>((best, arm) => (best && mean(best.key) >= mean(arm.key) ? best : arm), null);
  return arms.filter((arm, i) => i === 0 || arm === highest);
}

function confusionSection(data: ReportData, predictions: ReportPredictions, words: ReportWords): string {
  const { comparison, locale } = data;
  const label = (key: string) => armLabel(comparison, key, locale);
  const shown = shownArms(data, predictions);
  const figures = shown.map((arm) => {
    const worst = mistakes(arm).slice(0, 4).map((one) => words.confusion.mistake(isolated(one.label), isolated(one.answer), decimal(one.ofLabel * 100, 1)));
    const drawing = confusionDrawing(arm, { width: shown.length === 1 ? 500 : 352, theme, locale });
    // Of very many classes a part is drawn, which its caption says.
    const part = arm.confusion.length > mostClassesDrawn ? paragraph(drawing.caption, 'note') : '';
    return `<figure><figcaption>${name(label(arm.key))}</figcaption>${chart(drawing)}${part}${worst.length === 0 ? '' : paragraph(words.confusion.mistakes(worst.join(words.list)), 'note')}</figure>`;
  });
  const table: Table = {
    id: 'classes', title: words.confusion.classes, notes: [],
    columns: [text('class', words.confusion.class), ...predictions.arms.map(({ key }) => number(key, label(key), 1))],
    rows: [
      ...predictions.classes.map((one, i): Cell[] => [one, ...predictions.arms.map(({ recall }) => (recall[i] === null || recall[i] === undefined ? null : recall[i] * 100))]),
      [words.confusion.balanced, ...predictions.arms.map(({ balancedAccuracy }) => (balancedAccuracy === null ? null : balancedAccuracy * 100))],
    ],
  };
  const without = predictions.without.length === 0 ? '' : paragraph(words.predictions.without(predictions.without.length, predictions.without[0]!.message), 'note');
  const others = predictions.otherClasses.length === 0 ? '' : paragraph(words.predictions.otherClasses(predictions.otherClasses.length), 'note');
  return section('confusion', words.parts.confusion, words.confusion.caption, `${figures.length === 1 ? figures[0]! : `<div class="two">${figures.join('')}</div>`}${paragraph(words.predictions.note(whole(predictions.images)), 'note')}${without}${others}`)
    + section('classes', words.confusion.classes, words.confusion.classesCaption, `<div class="wide">${toHtml(table, locale)}</div>`, { save: csvLink(table, words) });
}

function calibrationSection({ comparison, locale }: ReportData, predictions: ReportPredictions, words: ReportWords): string {
  const label = (key: string) => armLabel(comparison, key, locale);
  const figures = predictions.arms.slice(0, 12).map((arm) => `<figure><figcaption>${name(label(arm.key))}</figcaption>${chart(reliabilityFigure({ ...arm, style: armStyle(comparison, arm.key) }, { width: 232, height: 180, theme, locale }))}</figure>`);
  const table: Table = {
    id: 'calibration', title: words.parts.calibration, notes: [words.calibration.note],
    columns: [text('arm', words.arms.arm), count('n', words.effects.n), number('error', words.calibration.error), difference('over', words.calibration.over), number('logLoss', words.calibration.logLoss, 3), number('brier', words.calibration.brier, 3)],
    rows: predictions.arms.map((arm): Cell[] => [label(arm.key), arm.n, arm.expectedCalibrationError * 100, arm.overconfidence * 100, arm.logLoss, arm.brier]),
  };
  return section('calibration', words.parts.calibration, words.calibration.caption, `<div class="three">${figures.join('')}</div>${toHtml(table, locale)}`, { save: csvLink(table, words) });
}

function worstSection({ comparison, locale }: ReportData, { worst }: ReportPredictions, words: ReportWords): string {
  if (!worst) return '';
  if (worst.mistakes === 0) return section('worst', words.parts.worst, '', absent(words.worst.none));
  const items = worst.images.map((image) => {
    const said = words.worst.item(isolated(image.label), isolated(image.answer), decimal(image.confidence * 100, 0));
    return `<li><img src="${image.src}" width="${image.width}" height="${image.height}" alt="${e(said)}">${e(said)}</li>`;
  });
  return section('worst', words.parts.worst, words.worst.caption(whole(worst.images.length), whole(worst.mistakes), armLabel(comparison, worst.armKey, locale)), `<ul class="tiles">${items.join('')}</ul>`);
}
