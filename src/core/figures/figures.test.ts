import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hostileName, sampleComparison } from './testing/sample';
import {
  armRows, armsDrawing, armStyle, confusionDrawing, contrastRows, curvesFigure, effectsDrawing, interactionFigure, intervalKind, learningFigure, lightTheme as theme, mistakes, reliabilityFigure, rowMark, rowScale, timeFigure,
} from './index';
import { niceScale } from './scale';

const comparison = sampleComparison();
const of = { theme, locale: 'en', width: 720, height: 280 } as const;
interface Series { readonly type: string; readonly name?: string; readonly data: number[][]; readonly lineStyle?: { readonly color: string; readonly type: unknown }; readonly endLabel?: { readonly show: boolean } }
const seriesOf = ({ option }: { readonly option: Readonly<Record<string, unknown>> }) => option.series as readonly Series[];

it('the light theme is the style sheet’s', () => {
  const css = readFileSync('src/renderer/styles/tokens.css', 'utf8');
  const light = css.slice(0, css.indexOf('\n[data-theme="dark"]'));
  const token = (name: string) => new RegExp(`--${name}:\\s*([^;]+);`).exec(light)?.[1];
  expect(theme.marks).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => token(`series-${i}`)));
  expect(theme.texts).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => token(`series-${i}-text`)));
  expect([theme.ink, theme.inkSoft, theme.tick, theme.grid, theme.base, String(theme.band)]).toEqual(['ink-1', 'ink-2', 'ink-3', 'grid', 'line-strong', 'band'].map(token));
});

it('an arm looks the same everywhere: colour is the first factor, fill and dash the second', () => {
  expect(armStyle(comparison, 'augmentation none, epochs 5')).toEqual({ series: 0, fill: 'hollow', dash: [5, 3] });
  expect(armStyle(comparison, 'augmentation crop-flip-trivialaugment, epochs 20')).toEqual({ series: 2, fill: 'solid', dash: null });
  const three = sampleComparison({ factors: [comparison.factors[0]!, { field: 'epochs', levels: [5, 10, 20] }] });
  expect(armStyle({ ...three, arms: [{ ...three.arms[0]!, levels: { augmentation: 'none', epochs: 10 } }] }, three.arms[0]!.key).fill).toBe('half');
  // An augmentation has its colour wherever it stands, also without those before it; others take what is free.
  const styled = (levels: readonly string[]) => levels.map((level) => armStyle({ factors: [{ field: 'augmentation', levels }], arms: levels.map((one) => ({ ...comparison.arms[0]!, key: one, levels: { augmentation: one } })) }, level).series);
  expect(styled(['none', 'crop-flip-trivialaugment'])).toEqual([0, 2]);
  expect(styled(['crop-flip', 'crop-flip-cutout', 'none', 'crop-flip-mixup'])).toEqual([1, 3, 0, 4]);
  expect(new Set(styled(['resizedcrop-flip', 'crop-flip-cutout', 'crop-flip-mixup', 'crop-flip-cutmix', 'crop-flip-randaugment', 'crop-flip-autoaugment', 'crop-flip']))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
  expect(armStyle(sampleComparison({ factors: [] }), 'augmentation crop-flip, epochs 5')).toEqual({ series: 1, fill: 'solid', dash: null });
});

it('scales are round and hold every value', () => {
  expect(niceScale([76.16, 86.53]).ticks).toEqual([75, 80, 85, 90]);
  expect(niceScale([]).ticks.length).toBeGreaterThan(1);
  expect(niceScale([3, 3]).high).toBeGreaterThan(niceScale([3, 3]).low);
  for (const values of [[0.0013, 0.0021], [-4, 7.14], [99.2, 99.3], [1e6, 1e9]]) {
    const { low, high, ticks } = niceScale(values);
    expect(low).toBeLessThanOrEqual(values[0]!);
    expect(high).toBeGreaterThanOrEqual(values[1]!);
    expect(ticks.length).toBeLessThan(9);
  }
});

describe('curves', () => {
  it('hold a line an arm, with its values in percent, and a band from the lowest to the highest seed', () => {
    const figure = curvesFigure(comparison, of);
    const lines = seriesOf(figure).filter(({ type }) => type === 'line');
    expect(lines.map(({ data }) => data.length)).toEqual([5, 5, 5, 20, 20, 20]);
    expect(lines[4]!.data.at(-1)).toEqual([20, expect.closeTo(86.53, 8)]);
    expect(lines[4]!.lineStyle).toMatchObject({ color: theme.marks[1], type: 'solid' });
    expect(lines[0]!.lineStyle).toMatchObject({ color: theme.marks[0], type: [5, 3] });
    const bands = seriesOf(figure).filter(({ type }) => type === 'custom') as unknown as readonly { renderItem(params: unknown, api: { coord(at: readonly number[]): readonly number[] }): { shape: { points: number[][] } } }[];
    expect(bands).toHaveLength(6);
    const { points } = bands[4]!.renderItem({}, { coord: (at) => at }).shape;
    expect(points).toHaveLength(40);
    expect(points[19]).toEqual([20, expect.closeTo(86.73, 8)]);
    expect(points[20]).toEqual([20, expect.closeTo(86.23, 8)]);
    expect(figure.description).toContain('crop + flip, 20 epochs ends at 86.53 after 20 epochs.');
  });
  it('draw no band for one seed, and nothing for an arm without epochs', () => {
    const arms = comparison.arms.map((arm, i) => ({ ...arm, curve: i === 0 ? [] : arm.curve.map((at) => ({ ...at, validation: { mean: 0.5, low: 0.5, high: 0.5 } })) }));
    const series = seriesOf(curvesFigure(sampleComparison({ arms }), of));
    expect(series.filter(({ type }) => type === 'custom')).toHaveLength(0);
    expect(series).toHaveLength(5);
  });
  it('learning has three lines an arm', () => {
    expect(seriesOf(learningFigure(comparison, of)).filter(({ type }) => type === 'line')).toHaveLength(18);
  });
});

it('the interaction has a line for each level of the first factor over the levels of the second', () => {
  const figure = interactionFigure(comparison, of)!;
  const lines = seriesOf(figure).filter(({ type, data }) => type === 'line' && data.length === 2);
  expect(lines.map(({ name, data }) => [name, ...data.map(([, y]) => Number(y!.toFixed(2)))])).toEqual([['none', 79.36, 81.57], ['crop + flip', 82.19, 86.53], ['crop + flip + TrivialAugment', 76.16, 83.29]]);
  expect(interactionFigure(sampleComparison({ factors: [comparison.factors[0]!] }), of)).toBeNull();
  expect(interactionFigure(sampleComparison({ arms: comparison.arms.slice(0, 3) }), of)).toBeNull();
});

it('the front joins the arms that no other beats, fastest first', () => {
  const [front] = seriesOf(timeFigure(comparison, of));
  expect(front!.data.map(([x, y]) => [x, Number(y!.toFixed(2))])).toEqual([[60, 79.36], [60, 82.19], [240, 86.53]]);
});

describe('drawings', () => {
  it('rows of contrasts say a name once and keep the interval the verdict is read from', () => {
    const rows = contrastRows(comparison, 'en');
    expect(rows.map(({ repeats }) => repeats)).toEqual([false, true, false, true, false, false]);
    expect(rows[0]).toMatchObject({ name: 'crop + flip vs none', at: '5 epochs', value: 2.83, interval: comparison.contrasts[0]!.adjustedIntervalPoints });
    expect(rows[5]!.at).toBe('20 epochs minus 5');
  });
  it('a bar stands where its numbers are; an interval too wide for the axis is cut with an arrow; no interval, an open dot', () => {
    const [row] = armRows(comparison, 'en');
    const scale = { low: 70, high: 90, ticks: [70, 80, 90], decimals: 0 };
    const at = (value: number) => (14 + ((value - 70) / 20) * 172).toFixed(2);
    expect(rowMark(row!, scale, theme, { width: 200 })).toContain(`x="${Number(at(78.7))}"`);
    expect(rowMark({ ...row!, interval: { low: 0, high: 89 } }, scale, theme, { width: 200 })).toContain('<path');
    expect(rowMark({ ...row!, interval: null }, scale, theme, { width: 200 })).toContain('<circle');
    expect(rowMark({ ...row!, value: null }, scale, theme, { width: 200 })).not.toMatch(/<(circle|rect)/);
    const wide = rowScale([{ ...row!, interval: { low: -400, high: 600 } }], false);
    expect(wide.high - wide.low).toBeLessThan(20);
  });
  it('intervals over seeds and over images never share a plot', () => {
    const alone = { ...comparison.arms[0]!, n: 1, validation: { mean: 0.5, deviationPoints: null, interval: null, overImages: { low: 0.48, high: 0.52 } } };
    expect(intervalKind(sampleComparison({ arms: [alone] }))).toBe('images');
    const mixed = sampleComparison({ arms: [alone, comparison.arms[1]!] });
    expect(intervalKind(mixed)).toBe('seeds');
    expect(armRows(mixed, 'en')[0]!.interval).toBeNull();
  });
  it('are well formed whatever a name holds', () => {
    const arms = comparison.arms.map((arm, i) => (i === 0 ? { ...arm, levels: { augmentation: hostileName } } : arm));
    for (const { svg, description } of [armsDrawing(sampleComparison({ arms }), of), effectsDrawing(sampleComparison({ arms }), of), confusionDrawing({ classes: [hostileName, 'b'], confusion: [[1, 2], [0, 3]] }, of)]) {
      expect(svg).not.toMatch(/<script|\u202E| style=/);
      expect(svg.match(/<(\w+)[^>]*[^/]>/g)!.length).toBe(svg.match(/<\/\w+>/g)!.length);
      expect(description).not.toBe('');
    }
  });
  it('a confusion matrix names its most frequent mistakes', () => {
    const confusion = { classes: ['cat', 'dog', 'frog'], confusion: [[7, 2, 1], [5, 5, 0], [0, 0, 0]] };
    expect(mistakes(confusion).map(({ label, answer, images, ofLabel }) => [label, answer, images, ofLabel])).toEqual([['dog', 'cat', 5, 0.5], ['cat', 'dog', 2, 0.2], ['cat', 'frog', 1, 0.1]]);
    expect(confusionDrawing(confusion, of).description).toContain('dog taken for cat (5)');
  });
  it('of a thousand classes a matrix draws the hundred that are mistaken most, in % of whole rows', () => {
    const classes = Array.from({ length: 1000 }, (_, i) => `class ${i}`);
    const rows = classes.map((_, i) => classes.map((__, j): number => (i === j ? 3 : i % 7 === 0 && j === (i + 1) % 1000 ? 1 : 0)));
    rows[400]![401] = 60;
    const { svg, caption, description } = confusionDrawing({ classes, confusion: rows }, of);
    expect(caption).toContain('the 100 of 1,000 classes');
    expect(description).toContain('class 400 taken for class 401 (60)');
    // A hundred on the diagonal, and mistakes between those drawn.
    const drawn = svg.match(/<rect /g)!.length;
    expect(drawn).toBeGreaterThan(100);
    expect(drawn).toBeLessThan(200);
    expect(svg.length).toBeLessThan(60_000);
    expect(mistakes({ classes, confusion: rows })[0]).toMatchObject({ images: 60, ofLabel: 60 / 63 });
  });
});

it('a reliability diagram leaves out empty bins', () => {
  const figure = reliabilityFigure({ bins: [{ images: 0, confidence: 0.1, accuracy: 0 }, { images: 4, confidence: 0.9, accuracy: 0.75 }], expectedCalibrationError: 0.15 }, of);
  expect(seriesOf(figure).filter(({ type }) => type === 'line').map(({ data }) => data)).toEqual([[[0, 0], [100, 100]], [[90, 75]], [[90, 75]]]);
  expect(figure.description).toContain('15.00 points');
});

it.each(['en', 'ja'] as const)('every figure has a title, a caption and a sentence (%s)', (locale) => {
  for (const figure of [armsDrawing(comparison, { ...of, locale }), effectsDrawing(comparison, { ...of, locale }), interactionFigure(comparison, { ...of, locale })!, curvesFigure(comparison, { ...of, locale }), learningFigure(comparison, { ...of, locale }), timeFigure(comparison, { ...of, locale })]) {
    for (const text of [figure.title, figure.caption, figure.description]) expect(text).not.toMatch(/^$|undefined|NaN/);
  }
});
