import { expect, it } from 'vitest';
import { curvesFigure, lightTheme as theme, type Figure } from '../core/figures';
import { compareRuns } from '../core/judgement/compareRuns';
import { experiment, run } from '../core/judgement/testing/runs';
import { figureSvg } from './chart';

const rates = [0.0125, 0.00053];
const figure: Figure = curvesFigure(compareRuns(experiment({ 'schedule.learningRate': rates }, [1, 2, 3].flatMap((seed) =>
  rates.map((rate, i) => run({ levels: { 'schedule.learningRate': rate }, seed, value: 0.8 + i / 100 + seed / 1000 }))))), { width: 700, height: 290, theme, locale: 'en' });

it('words keep every digit, places have hundredths of a pixel', () => {
  const svg = figureSvg(figure);
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  expect(texts).toContain('learning rate 0.0125');
  expect(texts).toContain('learning rate 0.00053');
  for (const [tag] of svg.matchAll(/<path[^>]*>/g)) expect(tag).not.toMatch(/\d\.\d{3}/);
});
