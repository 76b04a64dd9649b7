import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, installationWithoutRuntime, test } from './support/fixtures';
import { inBothThemes, inJapanese, resized, showPathsAs } from './support/pictures';
import { call, goTo } from './support/window';

// Pictures of an installed app whose native runtime is not there yet.
test('runtime to be set up', async ({ launch, folder, library }) => {
  const appFolder = await installationWithoutRuntime(folder);
  await symlink(join(import.meta.dirname, '..', 'node_modules', '@tensorflow'), join(appFolder, 'node_modules', '@tensorflow'));
  // As `npm run dist` puts it into a package.
  await writeFile(join(appFolder, 'installed.json'), JSON.stringify({ schemaVersion: 1, electron: '33.2.1', kind: 'test', builtAt: '2026-11-26T00:00:00.000Z', commit: null, pythonIndex: 'https://packages.example.org/simple', npmRegistry: 'https://npm.example.org' }));
  const cache = join(folder, 'cache');
  showPathsAs({ folder, library });
  const running = await launch({ appFolder, env: { CULTIVAR_CACHE: cache } });
  await resized(running, 1440, 900);
  await call(running.page, 'settings.set', { theme: 'light', language: 'en' });
  await goTo(running.page, 'system/doctor');
  await expect(running.page.getByTestId('fetch-runtime')).toBeVisible();
  await expect(running.page.getByTestId('check-runtime')).toBeVisible();
  await inBothThemes(running.page, 'runtime-setup');
  await inJapanese(running.page, 'runtime-setup');
});
