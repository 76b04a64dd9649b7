import { curvesFigure, learningFigure, lightTheme as theme, timeFigure } from '../../core/figures';
import { comparisonWords } from '../../core/judgement/words';
import { armLabel, comparisonTable, toHtml } from '../../core/tables';
import { duration } from '../../core/text/format';
import type { ReportData } from '../data';
import { absent, chart, csvLink, e, name, paragraph, section } from '../html';
import type { ReportWords } from '../words';

const width = 728;

export function curvesSection({ comparison, locale }: ReportData, words: ReportWords): string {
  if (comparison.arms.every(({ curve }) => curve.length === 0)) return section('curves', words.parts.curves, '', absent(words.curves.none));
  const figure = curvesFigure(comparison, { width, height: 290, theme, locale });
  return section('curves', figure.title, figure.caption, chart(figure), { save: csvLink(comparisonTable('curves', comparison, locale), words) });
}

/** A small chart an arm, and for each what its curves say. */
export function learningSection({ comparison, locale }: ReportData, words: ReportWords): string {
  const arms = comparison.arms.filter(({ curve }) => curve.length > 0);
  if (arms.length === 0) return section('learning', words.parts.learning, '', absent(words.curves.none));
  const figure = learningFigure(comparison, { width, theme, locale });
  const said = arms.map((arm) => `<li>${name(armLabel(comparison, arm.key, locale))}${words.colon}${e(comparisonWords[locale].fit(arm))}</li>`);
  return section('learning', words.parts.learning, figure.caption, `${chart(figure)}<ul>${said.join('')}</ul>`);
}

export function timeSection({ comparison, locale }: ReportData, words: ReportWords): string {
  const timed = comparison.arms.filter(({ trainMs }) => trainMs !== null);
  if (timed.length === 0) return section('time', words.parts.time, '', absent(words.time.none));
  if (timed.length === 1) return section('time', words.parts.time, '', absent(words.time.alone(duration(timed[0]!.trainMs, locale))));
  const figure = timeFigure(comparison, { width, height: 240, theme, locale });
  const front = comparison.time.front.map((key) => words.quoted(armLabel(comparison, key, locale))).join(words.list);
  const table = comparisonTable('time', comparison, locale);
  return section('time', figure.title, figure.caption, `${chart(figure)}${front && paragraph(words.time.front(front))}<h3>${e(words.time.equal)}</h3><div class="wide">${toHtml({ ...table, notes: [words.time.note] }, locale)}</div>`, { save: csvLink(table, words) });
}

export function imagewiseSection({ comparison, locale }: ReportData, words: ReportWords): string {
  if (comparison.imagewise.length === 0) return '';
  const table = comparisonTable('imagewise', comparison, locale);
  return section('images', words.parts.images, '', `${paragraph(words.imagewise, 'body')}<div class="wide">${toHtml({ ...table, notes: [] }, locale)}</div>`, { save: csvLink(table, words) });
}
