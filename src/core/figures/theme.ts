/** Colours and type of a chart. The window reads them from its style sheet, a report and a file take `lightTheme`. */
export interface FigureTheme {
  readonly ink: string;
  readonly inkSoft: string;
  readonly tick: string;
  readonly grid: string;
  /** Axis lines. */
  readonly base: string;
  readonly surface: string;
  /** Behind what is too small to matter. */
  readonly margin: string;
  /** With single quotes: ECharts writes it into a double-quoted attribute as it is. */
  readonly font: string;
  /** Okabe–Ito, the reference in ink grey first: marks, and words in a series' colour. */
  readonly marks: readonly string[];
  readonly texts: readonly string[];
  /** Opacity of a band. */
  readonly band: number;
  /** Matrices: opacity carries the value. */
  readonly heat: string;
  readonly heatError: string;
}

/** The light values of the style sheet's tokens; a test holds them to it. */
export const lightTheme: FigureTheme = {
  ink: '#181c17', inkSoft: '#495047', tick: '#636b60', grid: '#ebeee8', base: '#c9cec4', surface: '#ffffff', margin: '#eceee9',
  font: "'IBM Plex Sans', 'IBM Plex Sans JP', 'Segoe UI', 'Noto Sans', 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic UI', system-ui, sans-serif",
  marks: ['#5b625a', '#0072b2', '#d55e00', '#009e73', '#c4699a', '#b87f00', '#2f93cc'],
  texts: ['#495047', '#00629a', '#a84a00', '#007453', '#9c4676', '#855c00', '#1d6b98'],
  band: 0.16, heat: '#0072b2', heatError: '#d55e00',
};
