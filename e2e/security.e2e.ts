import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './support/fixtures';
import { everywhere, furnish, furnished } from './support/places';
import { call } from './support/window';

test('the page has no way out of its sandbox', async ({ launch }) => {
  const { page, app } = await launch();
  const reach = await page.evaluate(() => {
    const world = globalThis as unknown as Record<string, unknown>;
    return { require: typeof world.require, process: typeof world.process, module: typeof world.module, api: Object.keys(window.cultivar).sort(), url: location.href.split('#')[0] };
  });
  expect(reach).toEqual({ require: 'undefined', process: 'undefined', module: 'undefined', api: ['call', 'on', 'pathOf'], url: 'app://cultivar/index.html' });
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0];
    const { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag } = (webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
    return { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag, spellChecker: webContents.session.isSpellCheckerEnabled() };
  });
  expect(preferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, webviewTag: false });
  // Names outside of the contract do not pass the preload script, nor do arguments of another kind pass main.
  await expect(page.evaluate(() => (window.cultivar.call as (name: string) => Promise<unknown>)('fs.readFile'))).rejects.toThrow('No such call');
  expect(await page.evaluate(() => (window.cultivar.call as (name: string, arg: unknown) => Promise<unknown>)('runs.get', { id: 1 }))).toMatchObject({ ok: false });
  expect(await page.evaluate(() => window.cultivar.call('shell.show', '/etc/passwd'))).toMatchObject({ ok: false, error: { code: 'permission-denied' } });
  expect(await page.evaluate(() => window.cultivar.call('runs.get', '../../etc'))).toMatchObject({ ok: false, error: { code: 'run-unknown' } });
});

test('a strict policy is in force', async ({ launch }) => {
  const { page } = await launch({ expectedConsole: /Content Security Policy|Refused to/ });
  const found = await page.evaluate(async () => {
    const header = (await new Promise<string | null>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => { resolve(event.originalPolicy); }, { once: true });
      const script = document.createElement('script');
      script.textContent = 'globalThis.inlineRan = true';
      document.head.append(script);
    }));
    const style = document.createElement('style');
    style.textContent = 'body { --inline-style: 1 }';
    document.head.append(style);
    let evaluated = true;
    try { (0, eval)('1'); } catch { evaluated = false; }
    const world = globalThis as unknown as Record<string, unknown>;
    return { header, inlineScript: world.inlineRan === true, inlineStyle: getComputedStyle(document.body).getPropertyValue('--inline-style') !== '', evaluated };
  });
  expect(found).toMatchObject({ inlineScript: false, inlineStyle: false, evaluated: false });
  expect(found.header).toContain("default-src 'none'");
  expect(found.header).not.toContain('unsafe');
});

test('no page, window or permission is let in', async ({ launch }) => {
  const { page, app } = await launch({ expectedConsole: /Content Security Policy|Refused to|Not allowed to/ });
  await expect(page.getByTestId('nav-library')).toBeVisible();
  await expect.poll(() => page.url()).toContain('#/library');
  const url = page.url();
  const opened = await page.evaluate(async () => {
    const popup = window.open('app://cultivar/index.html') !== null;
    location.href = 'app://cultivar/other.html';
    const permission = (name: string) => navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state, () => 'denied');
    const media = await navigator.mediaDevices?.getUserMedia({ audio: true }).then(() => true, () => false);
    return { popup, permissions: await Promise.all(['notifications', 'geolocation', 'camera', 'microphone'].map(permission)), media };
  });
  expect(opened).toEqual({ popup: false, permissions: ['denied', 'denied', 'denied', 'denied'], media: false });
  expect(page.url()).toBe(url);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('nothing goes over the network, and a request is refused and seen', async ({ launch }) => {
  let hits = 0;
  const server = createServer((_request, response) => { hits++; response.end(); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    const { page, app, output } = await launch({ expectedConsole: /Content Security Policy|Refused to|Failed to load/ });
    await expect(page.getByTestId('run-quickstart')).toBeVisible();
    expect(output()).not.toContain('Refused a request');
    // By the page: its policy refuses. By main's own session, where no policy holds: the last gate refuses.
    expect(await page.evaluate((to) => fetch(to).then(() => 'sent', () => 'refused'), url)).toBe('refused');
    expect(await app.evaluate(({ session }, to) => session.defaultSession.fetch(to).then(() => 'sent', () => 'refused'), url)).toBe('refused');
    await expect.poll(output).toContain(`Refused a request to ${url}`);
    expect(hits).toBe(0);
  } finally {
    server.close();
  }
});

test('no page asks for anything over the network, in either language', async ({ launch, library }) => {
  const runIds = furnish(library);
  const { page, app, output } = await launch({ expectedConsole: /Failed to load|Content Security Policy/ });
  await app.evaluate(({ session }) => {
    const world = globalThis as unknown as { asked: string[] };
    world.asked = [];
    // What went out ends in one of the two, what was refused in the second.
    session.defaultSession.webRequest.onCompleted(({ url }) => { world.asked.push(url); });
    session.defaultSession.webRequest.onErrorOccurred(({ url }) => { world.asked.push(url); });
  });
  const outward = async () => (await app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).filter((url) => !/^(app|data|blob|devtools):/.test(url));
  const world = await furnished(page, runIds);
  for (const language of ['en', 'ja'] as const) {
    await call(page, 'settings.set', { language });
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await everywhere(page, world, async (place) => { expect(await outward(), `${place} in ${language}`).toEqual([]); });
  }
  expect(output()).not.toContain('Refused a request');
  // The listener would have heard one.
  await page.evaluate(() => { document.body.append(Object.assign(document.createElement('img'), { src: 'http://127.0.0.1:9/' })); });
  await app.evaluate(({ session }) => session.defaultSession.fetch('http://127.0.0.1:9/').catch(() => null));
  await expect.poll(outward).toContain('http://127.0.0.1:9/');
});
