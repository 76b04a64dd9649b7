import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { contentSecurityPolicy, fileOfUrl, isAppUrl, serveApp } from './appProtocol';

it('names files inside the folder only', () => {
  const at = (path: string) => fileOfUrl('/app/renderer', `app://cultivar${path}`);
  expect(at('')).toBe('/app/renderer/index.html');
  expect(at('/')).toBe('/app/renderer/index.html');
  expect(at('/assets/main.js?x=1#/library')).toBe('/app/renderer/assets/main.js');
  expect(at('/assets/%E6%97%A5.css')).toBe('/app/renderer/assets/日.css');
  for (const path of ['/../secret.json', '/..%2fsecret.json', '/%2e%2e/%2e%2e/secret.json', '/a/..%5c..%5csecret.json', '/a%00.js', '/%zz.js', '/assets/main.js.map', '/assets']) {
    const file = at(path);
    expect(file === null || file.startsWith('/app/renderer/'), path).toBe(true);
  }
  expect(at('/..%2f..%2fetc/passwd')).toBeNull();
  expect(at('/..%2frenderer-2/index.html')).toBeNull();
  expect(fileOfUrl('/app/renderer', 'app://other/index.html')).toBeNull();
});

it('knows its own pages', () => {
  expect(isAppUrl('app://cultivar/index.html#/live')).toBe(true);
  for (const url of ['app://cultivar.evil/index.html', 'app://cultivar@evil/', 'https://cultivar/', 'file:///index.html', '']) expect(isAppUrl(url), url).toBe(false);
});

it('serves with the policy, whatever is asked for', async () => {
  const root = join(tempFolder(), 'renderer');
  await mkdir(root);
  await writeFile(join(root, 'index.html'), '<!doctype html>');
  await writeFile(join(root, '..', 'secret.json'), '{}');
  const serve = serveApp(root);
  const page = await serve(new Request('app://cultivar/index.html'));
  expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([200, 'text/html; charset=utf-8', '<!doctype html>']);
  const outside = await serve(new Request('app://cultivar/..%2fsecret.json'));
  const missing = await serve(new Request('app://cultivar/none.js'));
  const written = await serve(new Request('app://cultivar/index.html', { method: 'POST' }));
  expect([outside.status, missing.status, written.status]).toEqual([404, 404, 404]);
  for (const response of [page, outside, missing]) expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  expect(contentSecurityPolicy).not.toContain('unsafe');
});
