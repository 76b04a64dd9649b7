// Loaded into Electron's main process before the app (`electron -r`, CommonJS by its nature), which knows nothing of it: tells when the first view can
// be used, and ends the app.
/* global require */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
const { app } = require('electron');

app.on('browser-window-created', (_event, { webContents }) => {
  webContents.once('dom-ready', async () => {
    const usableMs = await webContents.executeJavaScript(`new Promise((resolve) => {
      const look = () => {
        if (document.querySelector('[data-testid=run-quickstart]') === null) requestAnimationFrame(look);
        else requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
      };
      look();
    })`);
    process.stdout.write(`usable ${usableMs - process.getCreationTime()}\n`, () => { app.quit(); });
  });
});
