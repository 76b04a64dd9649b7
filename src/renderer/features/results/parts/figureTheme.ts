import { lightTheme, type FigureTheme } from '../../../../core/figures/theme';

/** Colours and type of the window's theme as values: a canvas cannot read CSS variables. */
export function readFigureTheme(): FigureTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const rgb = (name: string) => `rgb(${token(name).split(/\s+/).join(', ')})`;
  const each = (suffix: string) => lightTheme.marks.map((_, i) => token(`--series-${i}${suffix}`));
  return {
    ink: token('--ink-1'), inkSoft: token('--ink-2'), tick: token('--ink-3'), grid: token('--grid'), base: token('--line-strong'), surface: token('--canvas'), margin: token('--grid'), font: token('--font-ui'),
    marks: each(''), texts: each('-text'), band: Number(token('--band')) || lightTheme.band, heat: rgb('--heat'), heatError: rgb('--heat-error'),
  };
}
