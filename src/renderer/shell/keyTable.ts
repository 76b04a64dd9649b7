export const keyPages = ['library', 'wizard', 'live', 'queue', 'results', 'datasets', 'augmentation'] as const;
export type KeyPage = (typeof keyPages)[number] | 'everywhere';

interface KeyLine {
  /** As it is shown. */
  readonly keys: string;
  /** The message `keys.<key>` that says what they do. */
  readonly key: string;
  /** Names of `useKey` that the line stands for; what one part of a page listens for by itself has none. */
  readonly binds?: readonly string[];
}

/** What `?` shows: every key of the window, by page. keyTable.test.ts finds a binding that is missing here. */
export const keyTable = {
  everywhere: [
    { keys: 'Ctrl K', key: 'palette', binds: ['Ctrl+k'] },
    { keys: 'Ctrl N', key: 'new', binds: ['Ctrl+n'] },
    { keys: 'Ctrl 1–5', key: 'places' },
    { keys: 'Ctrl Z', key: 'undo', binds: ['Ctrl+z'] },
    { keys: 'Ctrl Y', key: 'redo', binds: ['Ctrl+y'] },
    { keys: 'F5', key: 'check', binds: ['F5'] },
    { keys: 'F6', key: 'pane', binds: ['F6'] },
    { keys: '← → ↑ ↓', key: 'arrows' },
    { keys: '?', key: 'keys', binds: ['?'] },
    { keys: 'Esc', key: 'close', binds: ['Escape'] },
  ],
  library: [
    { keys: 'Ctrl F', key: 'search', binds: ['Ctrl+f'] },
    { keys: '⏎', key: 'open' },
    { keys: 'Space', key: 'details', binds: ['Space'] },
    { keys: 'X', key: 'mark' },
    { keys: 'Ctrl A', key: 'markAll' },
    { keys: '← →', key: 'unfold' },
  ],
  wizard: [
    { keys: 'Ctrl ⏎', key: 'start', binds: ['Ctrl+Enter'] },
    { keys: '⏎ F2', key: 'editLevel' },
    { keys: 'Delete', key: 'removeLevel' },
    { keys: 'Alt ← →', key: 'moveLevel' },
    { keys: 'Alt ↑ ↓', key: 'moveFactor' },
  ],
  live: [
    { keys: 'Space', key: 'pause', binds: ['Space'] },
    { keys: 'M', key: 'note', binds: ['m'] },
    { keys: 'T', key: 'table', binds: ['t'] },
    { keys: '[ ]', key: 'nextRun', binds: ['[', ']'] },
    { keys: '← →', key: 'reading' },
  ],
  queue: [
    { keys: 'Alt ↑ ↓', key: 'moveRun' },
    { keys: 'Delete', key: 'takeOut' },
  ],
  results: [
    { keys: 'Ctrl Tab', key: 'tab', binds: ['Ctrl+Tab'] },
    { keys: 'W', key: 'why', binds: ['w'] },
    { keys: 'Ctrl E', key: 'report', binds: ['Ctrl+e'] },
    { keys: '+ − 0', key: 'zoom' },
    { keys: 'A', key: 'sameClass' },
  ],
  datasets: [
    { keys: 'Ctrl Tab', key: 'tab', binds: ['Ctrl+Tab'] },
    { keys: 'R', key: 'samples', binds: ['r'] },
    { keys: 'D', key: 'difference', binds: ['d'] },
    { keys: '1 2 3', key: 'labelMark' },
  ],
  augmentation: [
    { keys: 'R', key: 'image', binds: ['r'] },
    { keys: 'S', key: 'anotherSeed', binds: ['s'] },
    { keys: ', .', key: 'epoch', binds: [',', '.'] },
    { keys: 'Alt ↑ ↓', key: 'moveOperation' },
    { keys: 'Delete', key: 'removeOperation' },
  ],
} as const satisfies Record<KeyPage, readonly KeyLine[]>;

/** The page whose keys come first. */
export function keyPageOf(path: string): KeyPage {
  if (path.startsWith('/live/queue')) return 'queue';
  const pages: Readonly<Record<string, KeyPage>> = { library: 'library', new: 'wizard', live: 'live', runs: 'live', experiments: 'results', compare: 'results', datasets: 'datasets', augmentation: 'augmentation' };
  return pages[path.split('/')[1] ?? ''] ?? 'everywhere';
}
