import { comparisonWords } from '../../core/judgement/words';
import { comparisonTable } from '../../core/tables';
import { decimal, percentNumber, pValue, signed, whole } from '../../core/text/format';
import { armRows, contrastRows, interactionFigure, intervalKind, lightTheme as theme, rowAxis, rowMark, rowScale, type IntervalRow } from '../../core/figures';
import { intervalText, toHtml } from '../../core/tables';
import { armDot, element } from '../../core/figures/svg';
import type { ReportData } from '../data';
import { absent, chart, csvLink, e, list, name, paragraph, section, withColumns } from '../html';
import type { ReportWords } from '../words';

/** Arms: value, interval and its picture, a row an arm. */
export function armsSection(data: ReportData, words: ReportWords): string {
  const { comparison, locale } = data;
  const rows = armRows(comparison, locale);
  if (rows.every(({ value }) => value === null)) return section('arms', words.parts.arms, '', absent(words.arms.none));
  const scale = rowScale(rows, false);
  const kind = intervalKind(comparison);
  const most = Math.max(0, ...comparison.arms.map(({ n }) => n));
  const withTrain = comparison.arms.some(({ plainTrain }) => plainTrain !== null);
  const half = (row: IntervalRow) => (row.interval === null ? '–' : kind === 'seeds' ? `± ${decimal((row.interval.high - row.interval.low) / 2, 2)}` : intervalText(row.interval, locale));
  const head = [`<th scope="col">${e(words.arms.arm)}</th>`, ...[words.effects.n, words.arms.mean, words.arms.interval].map(right), `<th class="mark">${rowAxis(scale, theme, 140, false)}</th>`, ...[...(kind === 'seeds' ? [words.arms.deviation] : []), words.arms.best, ...(withTrain ? [words.arms.train, words.arms.gap] : [])].map(right)];
  const body = comparison.arms.map((arm, i) => {
    const row = rows[i]!;
    const cells = [
      `<td class="arm">${dot(row)} ${name(row.name)}</td>`, cell(arm.given > 0 && arm.n === 0 ? '–' : whole(arm.n)), cell(decimal(row.value, 2)), cell(half(row), true), `<td class="mark">${rowMark(row, scale, theme, { width: 140 })}</td>`,
      ...(kind === 'seeds' ? [cell(decimal(arm.validation.deviationPoints, 2), true)] : []), cell(percentNumber(arm.best?.accuracy), true), ...(withTrain ? [cell(percentNumber(arm.plainTrain?.mean), true), cell(decimal(arm.gapPoints, 2), true)] : []),
    ];
    return `<tr>${cells.join('')}</tr>`;
  });
  const caption = most === 0 ? words.arms.givenOnly : kind === 'seeds' ? words.arms.caption(words.arms.seeds(whole(most))) : words.arms.wilson;
  return section('arms', words.parts.arms, caption, `<table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table>\n${paragraph(words.arms.note, 'note')}`, { save: csvLink(comparisonTable('arms', comparison, locale), words) });
}

const right = (label: string) => `<th scope="col" class="right">${e(label)}</th>`;
const cell = (content: string, soft = false) => `<td class="right${soft ? ' soft' : ''}">${e(content)}</td>`;
const dot = (row: IntervalRow) => element('svg', { xmlns: 'http://www.w3.org/2000/svg', width: 12, height: 12, viewBox: '0 0 12 12', 'aria-hidden': 'true' }, armDot(6, 6, row.style, theme));

/** Every primary contrast, with its picture. */
export function effectsSection(data: ReportData, words: ReportWords): string {
  const { comparison, locale } = data;
  if (comparison.contrasts.every(({ differencePoints }) => differencePoints === null)) return section('effects', words.parts.effects, '', absent(comparison.contrasts.length === 0 ? words.effects.none : words.effects.unmeasured));
  const rows = contrastRows(comparison, locale);
  const scale = rowScale(rows, true, comparison.marginPoints);
  const say = comparisonWords[locale];
  // Where every contrast rests on as many pairs, the caption says so once.
  const pairs = comparison.contrasts.every(({ paired, n }) => paired && n === comparison.contrasts[0]!.n) ? comparison.contrasts[0]!.n : null;
  const head = ['<th></th>', '<th></th>', `<th class="mark">${rowAxis(scale, theme, 140, true)}</th>`, ...[words.effects.difference, words.effects.interval, words.effects.p, ...(pairs === null ? [words.effects.n] : [])].map(right), `<th scope="col">${e(words.effects.verdict)}</th>`];
  const body = comparison.contrasts.map((one, i) => {
    const row = rows[i]!;
    const n = one.paired || one.n === 0 ? whole(one.n) : `${whole(one.n)}, ${words.effects.unpaired}`;
    const following = rows.slice(i + 1).findIndex((other) => !other.repeats);
    const named = row.repeats ? '' : `<td rowspan="${following === -1 ? rows.length - i : following + 1}">${name(row.name)}</td>`;
    return `<tr>${named}<td class="soft">${name(row.at)}</td><td class="mark">${rowMark(row, scale, theme, { width: 140, marginPoints: comparison.marginPoints })}</td>${cell(signed(one.differencePoints))}${cell(intervalText(row.interval, locale, 2, true), true)}${cell(pValue(one.pAdjusted), true)}${pairs === null ? cell(n, true) : ''}<td class="soft">${e(say.verdict(one))}</td></tr>`;
  });
  const needed = Math.max(0, ...comparison.contrasts.flatMap((one) => (one.kind === 'simple' && one.seedsNeeded.forMargin !== null ? [one.seedsNeeded.forMargin] : [])));
  const notes = [
    comparison.pooledDeviation && words.effects.pooled(decimal(comparison.pooledDeviation.points, 2), whole(comparison.pooledDeviation.degreesOfFreedom)),
    needed > 0 && words.effects.needed(whole(needed)),
  ].filter((note): note is string => Boolean(note)).join(' ');
  return section('effects', words.parts.effects, words.effects.caption(decimal(comparison.marginPoints, 2), pairs === null ? null : whole(pairs)),
    `<table class="effects"><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table>\n${paragraph(notes, 'note')}${factorial(data, words)}`, { save: csvLink(comparisonTable('contrasts', comparison, locale), words) });
}

function factorial({ comparison, locale }: ReportData, words: ReportWords): string {
  if (!comparison.factorial || comparison.factors.length < 2) return '';
  return `<div class="uneven"><div><h3>${e(words.effects.marginal)}</h3>${toHtml(withColumns({ ...comparisonTable('effects', comparison, locale), notes: [] }, ['effect', 'difference', 'interval', 'p']), locale)}</div><div><h3>${e(words.effects.anova)}</h3>${toHtml({ ...comparisonTable('anova', comparison, locale), notes: [] }, locale)}</div></div>\n${paragraph(words.effects.alone, 'note')}`;
}

/** The interaction's picture beside what the figures do not say. */
export function interactionAndLimits(data: ReportData, words: ReportWords): string {
  const { comparison, locale } = data;
  const say = comparisonWords[locale];
  const figure = interactionFigure(comparison, { width: 352, height: 190, theme, locale });
  const said = comparison.contrasts.filter((one) => one.kind === 'interaction' && one.verdict !== 'undetermined' && !('contrasts' in comparison.answer && comparison.answer.contrasts.includes(one.id))).slice(0, 2).map((one) => say.contrast(one));
  const interaction = figure
    ? section('interaction', words.parts.interaction, figure.caption, chart(figure) + said.map((line) => paragraph(line, 'note')).join(''))
    : section('interaction', words.parts.interaction, '', absent(comparison.factors.length < 2 ? words.interactionNone : words.interactionUnmeasured));
  const opened = comparison.testOpenings.length === 0 ? [words.test.never] : [];
  const limits = [...comparison.confounds.map((one) => say.confound(comparison, one)), ...comparison.caveats.map((one) => say.caveat(comparison, one)), ...opened];
  return `<div class="two">${interaction}${section('limits', words.parts.limits, '', list(limits))}</div>\n`;
}

