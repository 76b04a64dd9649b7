/** Drawn on a 16 px grid with a 1.3 px stroke. One entry a glyph: the paths, and circles as [cx, cy, r]. */
interface Glyph {
  readonly paths?: readonly string[];
  readonly circles?: readonly (readonly [number, number, number])[];
  readonly dashed?: boolean;
  readonly faint?: boolean;
}

const disc = [[8, 8, 5.75]] as const;

export const icons = {
  library: { paths: ['M2.5 3.5h11M2.5 8h11M2.5 12.5h7'] },
  live: { paths: ['M1.5 8.5h3l2-5.5 3 10 2-4.5h3'] },
  datasets: { paths: ['M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z'] },
  augmentation: { paths: ['M2.5 2.5h7v7h-7z', 'm9.6 4.9 4.3 2.2-3.2 6.3-6.3-3.2'] },
  system: { paths: ['M4.5 4.5h7v7h-7zM6.5 4.5v-3M9.5 4.5v-3M6.5 14.5v-3M9.5 14.5v-3M4.5 6.5h-3M4.5 9.5h-3M14.5 6.5h-3M14.5 9.5h-3'] },
  check: { paths: ['m3 8.5 3.2 3.2L13 4.5'] },
  right: { paths: ['m6 3.5 4.5 4.5L6 12.5'] },
  down: { paths: ['m3.5 6 4.5 4.5L12.5 6'] },
  close: { paths: ['m3.5 3.5 9 9M12.5 3.5l-9 9'] },
  minimize: { paths: ['M3 8.5h10'] },
  maximize: { paths: ['M3.5 3.5h9v9h-9z'] },
  restore: { paths: ['M3.5 5.5h7v7h-7z', 'M5.5 5.5v-2h7v7h-2'] },
  minus: { paths: ['M3 8h10'] },
  up: { paths: ['m3.5 10 4.5-4.5L12.5 10'] },
  undo: { paths: ['M5.5 2.5 2.5 5.5l3 3', 'M2.5 5.5H9a4 4 0 0 1 0 8H6'] },
  redo: { paths: ['m10.5 2.5 3 3-3 3', 'M13.5 5.5H7a4 4 0 0 0 0 8h3'] },
  plus: { paths: ['M8 3v10M3 8h10'] },
  copy: { paths: ['M5.5 5.5h8v8h-8z', 'M3 10.5h-.5v-8h8V3'] },
  search: { circles: [[7, 7, 4.5]], paths: ['m10.5 10.5 3.5 3.5'] },
  pause: { paths: ['M5.5 3v10M10.5 3v10'] },
  play: { paths: ['M4.5 3v10l8-5z'] },
  flag: { paths: ['M4 14V2.5h8l-2 3 2 3H4'] },
  bookmark: { paths: ['M4.5 2.5h7v11L8 10.5l-3.5 3z'] },
  stop: { paths: ['M4 4h8v8H4z'] },
  save: { paths: ['M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M2.5 13.5h11'] },
  folder: { paths: ['M2 4h4.5l1.5 1.5h6V13H2z'] },
  trash: { paths: ['M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9'] },
  json: { paths: ['M5.5 2.5C3.5 2.5 5 7 2.8 8c2.2 1 .7 5.5 2.7 5.5M10.5 2.5c2 0 .5 4.5 2.7 5.5-2.2 1-.7 5.5-2.7 5.5'] },
  warning: { paths: ['M8 2.2 14.3 13.3H1.7zM8 6.5v3.2M8 11.4v.2'] },
  info: { circles: disc, paths: ['M8 7.3v3.6M8 5.1v.2'] },
  lock: { paths: ['M3.5 7h9v6.5h-9zM5.5 7V4.8a2.5 2.5 0 0 1 5 0V7'] },
  keyboard: { paths: ['M1.5 4h13v8.5h-13zM4 6.7h.1M6.7 6.7h.1M9.3 6.7h.1M12 6.7h.1M5 10h6'] },
  ok: { circles: disc, paths: ['m5.4 8.2 1.9 1.9 3.4-3.9'] },
  failed: { circles: disc, paths: ['m5.8 5.8 4.4 4.4M10.2 5.8l-4.4 4.4'] },
  interrupted: { circles: disc, paths: ['M6.4 5.8v4.4M9.6 5.8v4.4'] },
  stopped: { circles: disc, paths: ['M6.2 6.2h3.6v3.6H6.2z'] },
  undetermined: { circles: disc, dashed: true, paths: ['M6.4 6.6c0-2.2 3.2-2 3.2-.2 0 1.2-1.6 1.2-1.6 2.5M8 10.9v.2'] },
  running: { circles: disc, faint: true, paths: ['M8 2.25a5.75 5.75 0 0 1 4.98 8.62'] },
  better: { circles: disc, paths: ['m5.4 8.2 1.9 1.9 3.4-3.9'] },
  worse: { circles: disc, paths: ['M5.2 8h5.6'] },
  same: { circles: disc, paths: ['M5.4 6.9h5.2M5.4 9.1h5.2'] },
  confounded: { circles: [[5.9, 8, 3.9], [10.1, 8, 3.9]] },
  report: { paths: ['M4 1.8h5.5L12.5 5v9.2H4zM9.3 2v3.2h3M6 8h4.5M6 10.8h4.5'] },
  more: { circles: [[3.5, 8, 0.7], [8, 8, 0.7], [12.5, 8, 0.7]] },
  columns: { paths: ['M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7'], circles: [[10.5, 4.5, 1.5], [5.5, 11.5, 1.5]] },
  queued: { circles: disc, paths: ['M8 5v3.2l2 1.4'] },
} as const satisfies Record<string, Glyph>;

export type IconName = keyof typeof icons;
export const glyph = (name: IconName): Glyph => icons[name];
