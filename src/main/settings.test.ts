import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { SettingsStore, settingsChangeSchema } from './settings';

it('keeps choices, and loses no good field to a bad one', async () => {
  const path = join(tempFolder(), 'settings.json');
  const settings = await SettingsStore.open(path);
  expect(settings.value).toEqual({ theme: 'system', language: 'system', leaveOneCore: false, singleKeyShortcuts: true, notifications: true, preventSleep: true, cpuMeanwhile: false });
  await settings.change({ language: 'ja', leaveOneCore: true });
  expect((await SettingsStore.open(path)).value).toEqual({ theme: 'system', language: 'ja', leaveOneCore: true, singleKeyShortcuts: true, notifications: true, preventSleep: true, cpuMeanwhile: false });
  await writeFile(path, JSON.stringify({ theme: 'sepia', language: 'ja', later: 1 }));
  expect((await SettingsStore.open(path)).value).toEqual({ theme: 'system', language: 'ja', leaveOneCore: false, singleKeyShortcuts: true, notifications: true, preventSleep: true, cpuMeanwhile: false });
  await writeFile(path, '"');
  expect((await SettingsStore.open(path)).value.language).toBe('system');
});

it('changes nothing that could not be written', async () => {
  const settings = await SettingsStore.open(join(tempFolder(), 'missing', 'settings.json'));
  await expect(settings.change({ theme: 'dark' })).rejects.toThrow();
  expect(settings.value.theme).toBe('system');
});

it('takes no unknown field from the window', () => {
  expect(settingsChangeSchema.safeParse({ theme: 'dark' }).success).toBe(true);
  expect(settingsChangeSchema.safeParse({ path: '/' }).success).toBe(false);
});
