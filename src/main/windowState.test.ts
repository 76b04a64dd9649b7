import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { placeWindow, readWindowState, writeWindowState } from './windowState';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };

it('starts centred and fits a small screen', () => {
  expect(placeWindow(null, [screen])).toEqual({ width: 1440, height: 900, maximized: false });
  expect(placeWindow(null, [{ x: 0, y: 0, width: 1280, height: 720 }])).toEqual({ width: 1280, height: 720, maximized: false });
  expect(placeWindow(null, [{ x: 0, y: 0, width: 800, height: 600 }])).toMatchObject({ width: 1024, height: 700 });
});

it('comes back where it was, unless that screen is gone', () => {
  const remembered = { x: 2000, y: 100, width: 1200, height: 800, maximized: true };
  expect(placeWindow(remembered, [screen, { x: 1920, y: 0, width: 1920, height: 1040 }])).toEqual(remembered);
  expect(placeWindow(remembered, [screen])).toEqual({ width: 1200, height: 800, maximized: true });
});

it('is remembered, and a damaged file is as none', async () => {
  const path = join(tempFolder(), 'window.json');
  expect(await readWindowState(path)).toBeNull();
  const state = { x: 1, y: 2, width: 1100, height: 720, maximized: false };
  await writeWindowState(path, state);
  expect(await readWindowState(path)).toEqual(state);
  await writeFile(path, '{"x":');
  expect(await readWindowState(path)).toBeNull();
});
