import type { App, Session, WebContents } from 'electron';
import { appUrl, isAppUrl } from './appProtocol';

/** Switches that must be set before Electron is ready: Chromium looks up no name and talks to no one by itself. */
export function keepOffline(app: App): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.commandLine.appendSwitch('no-pings');
}

const local = (url: string) => isAppUrl(url) || url.startsWith('data:') || url.startsWith('blob:') || url.startsWith('devtools:');

/** No permission, no download, no request that leaves the app. What was refused is written to the log, where a test finds it. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => { answer(false); });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => { event.preventDefault(); });
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = !local(url);
    if (cancel) console.warn(`Refused a request to ${url}`);
    answer({ cancel });
  });
}

/** The window shows its own page and nothing else: no navigation, no second window, no embedded page. */
export function lockDownContents(contents: WebContents): void {
  const stay = (event: { preventDefault(): void }, url: string) => {
    // A reload of the page itself is no navigation away.
    if (url.split('#')[0] !== appUrl) event.preventDefault();
  };
  contents.on('will-navigate', (event) => { stay(event, event.url); });
  contents.on('will-redirect', (event) => { stay(event, event.url); });
  contents.on('will-frame-navigate', (event) => { stay(event, event.url); });
  contents.on('will-attach-webview', (event) => { event.preventDefault(); });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
