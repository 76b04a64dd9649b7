/** Design tokens as values: a canvas cannot read CSS variables. */
export interface ChartTokens {
  readonly ink: string;
  readonly tick: string;
  readonly grid: string;
  readonly base: string;
  readonly faint: string;
  readonly font: string;
  readonly marks: readonly string[];
}

export function readTokens(): ChartTokens {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: token('--ink-1'),
    tick: token('--ink-3'),
    grid: token('--grid'),
    base: token('--line-strong'),
    faint: token('--line-strong'),
    font: token('--font-ui'),
    marks: [0, 1, 2, 3, 4, 5, 6].map((i) => token(`--series-${i}`)),
  };
}

/** The axes' look, for `chart.setTheme`. */
export function echartsTheme(tokens: ChartTokens) {
  const axis = {
    axisLine: { show: false, lineStyle: { color: tokens.base } },
    axisTick: { show: false },
    axisLabel: { color: tokens.tick, fontFamily: tokens.font, fontSize: 11 },
    splitLine: { show: true, lineStyle: { color: tokens.grid } },
  };
  return { backgroundColor: 'transparent', textStyle: { fontFamily: tokens.font }, valueAxis: axis, logAxis: axis };
}
