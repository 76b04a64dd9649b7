import { BrowserWindow, nativeTheme, screen } from 'electron';
import { join } from 'node:path';
import { appUrl } from './appProtocol';
import { minimumSize, placeWindow, readWindowState, writeWindowState } from './windowState';

/** True where the page draws minimise, maximise and close itself. */
export const frameless = process.platform !== 'darwin';

/** `--canvas` of the design tokens: what is seen before the page has drawn. */
const canvas = { light: '#fdfdfc', dark: '#151814' } as const;

/**
 * The app's one window, shown at once.
 * @param folder the built app's folder that holds `main` and `preload`
 * @param stateFile where size and place are remembered
 * @returns `stateKept` writes them down, or waits until they are: the app must not end before
 */
export async function openWindow(folder: string, stateFile: string): Promise<{ window: BrowserWindow; stateKept: () => Promise<void> }> {
  const primary = screen.getPrimaryDisplay().workArea;
  const { maximized, ...place } = placeWindow(await readWindowState(stateFile), [primary, ...screen.getAllDisplays().map(({ workArea }) => workArea)]);
  const window = new BrowserWindow({
    ...place, minWidth: minimumSize.width, minHeight: minimumSize.height, title: 'Cultivar',
    backgroundColor: canvas[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    ...(frameless ? { frame: false } : { titleBarStyle: 'hiddenInset' as const }),
    webPreferences: {
      preload: join(folder, 'preload', 'index.cjs'),
      contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, spellcheck: false, webviewTag: false, navigateOnDragDrop: false,
    },
  });
  if (maximized) window.maximize();
  addZoomKeys(window);
  reloadAfterCrash(window);
  let kept = Promise.resolve();
  const stateKept = () => {
    if (!window.isDestroyed()) {
      const state = { ...window.getNormalBounds(), maximized: window.isMaximized() };
      kept = writeWindowState(stateFile, state).catch((error: unknown) => { console.error('The size of the window could not be kept.', error); });
    }
    return kept;
  };
  window.on('close', () => { void stateKept(); });
  void window.loadURL(appUrl);
  return { window, stateKept };
}

/** There is no menu, so zoom needs its keys. */
function addZoomKeys({ webContents }: BrowserWindow): void {
  webContents.on('before-input-event', (event, { type, control, meta, alt, key }) => {
    if (type !== 'keyDown' || !(control || meta) || alt) return;
    const level = webContents.getZoomLevel();
    const next = key === '0' ? 0 : key === '+' || key === '=' ? Math.min(level + 0.5, 4) : key === '-' ? Math.max(level - 0.5, -2) : null;
    if (next === null) return;
    event.preventDefault();
    webContents.setZoomLevel(next);
  });
}

/** A page whose process died comes back: all it shows is on disk. One that dies again and again stays away. */
function reloadAfterCrash({ webContents }: BrowserWindow): void {
  let crashes: number[] = [];
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    console.error(`The window's process ended: ${reason}, exit code ${exitCode}.`);
    crashes = [...crashes.filter((atMs) => atMs > Date.now() - 120_000), Date.now()];
    if (crashes.length < 3 && !webContents.isDestroyed()) void webContents.loadURL(appUrl);
  });
}
