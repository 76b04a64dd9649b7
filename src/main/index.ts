import { app, dialog, ipcMain, nativeTheme, protocol, session } from 'electron';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { libraryFolder } from '../library/paths';
import { callNames } from '../preload/names';
import { appScheme, serveApp } from './appProtocol';
import { libraryArgument } from './commandLine';
import { registerHandlers } from './ipc/register';
import { keepOffline, lockDownContents, lockDownSession } from './security';
import { SettingsStore } from './settings';
import { openWindow } from './window';

// The window, and nothing that it can do without: each module that is read before it is a wait. All else is read while the page loads, and the page's calls
// wait for it.

const builtFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
const libraryDir = libraryFolder(libraryArgument(process.argv));

app.setName('Cultivar');
app.setPath('userData', join(app.getPath('appData'), 'cultivar'));
mkdirSync(app.getPath('userData'), { recursive: true });
keepOffline(app);
protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);

// Two windows on one library would train into it twice: a second start shows the first and ends.
if (app.requestSingleInstanceLock({ libraryDir })) void start();
else app.exit(0);

async function start(): Promise<void> {
  await app.whenReady();
  const settings = await SettingsStore.open(join(app.getPath('userData'), 'settings.json'));
  nativeTheme.themeSource = settings.value.theme;
  lockDownSession(session.defaultSession);
  protocol.handle(appScheme, serveApp(join(builtFolder, 'renderer')));
  app.on('web-contents-created', (_event, contents) => { lockDownContents(contents); });
  app.on('window-all-closed', () => { app.quit(); });
  const opened = openWindow(builtFolder, join(app.getPath('userData'), 'window.json'));
  const services = opened.then(async ({ window, stateKept }) => (await import('./services')).startServices({ libraryDir, settings, window, stateKept }));
  registerHandlers(ipcMain, callNames, services.then(({ handlers }) => handlers));
  app.on('second-instance', (_event, argv, folder, asked) => { void services.then(({ secondInstance }) => { secondInstance(argv, folder, asked); }); });
  services.catch((error: unknown) => {
    console.error('The app could not be started.', error);
    dialog.showErrorBox('Cultivar', String(error));
    app.exit(1);
  });
}
