import { app, clipboard, nativeTheme, shell } from 'electron';
import { relative, resolve } from 'node:path';
import { z } from 'zod';
import { CultivarError } from '../../contracts/errors';
import { bfloat16Speed } from '../../library/processor';
import type { Closing } from '../closing';
import type { CloseQuestion } from '../closeQuestion';
import type { AppContext } from '../context';
import { settingsChangeSchema } from '../settings';
import { frameless } from '../window';
import { handler, nothing, type Handlers } from './register';

type AppCalls = 'app.info' | 'settings.get' | 'settings.set' | 'window.command' | 'close.shown' | 'close.answer' | 'shell.show' | 'clipboard.write';

/** The app itself, its window and what it hands to the desktop. */
export function appHandlers(context: AppContext, closing: Closing, question: CloseQuestion): Handlers<AppCalls> {
  const { libraryDir, cacheDir, settings } = context;
  return {
    'app.info': handler<'app.info'>(nothing, () => ({
      version: app.getVersion(), electron: process.versions.electron, chrome: process.versions.chrome, node: process.versions.node,
      libraryDir, cacheDir, locale: app.getLocale(), frameless, bfloat16: bfloat16Speed(),
    })),
    'settings.get': handler<'settings.get'>(nothing, () => settings.value),
    'settings.set': handler<'settings.set'>(z.tuple([settingsChangeSchema]), async (change) => {
      const next = await settings.change(change);
      nativeTheme.themeSource = next.theme;
      context.attention.update();
      context.push('settings.changed', next);
      if (change.cpuMeanwhile !== undefined) void context.queue.deviceChanged();
      return next;
    }),
    'window.command': handler<'window.command'>(z.tuple([z.enum(['minimize', 'toggle-maximize', 'close'])]), (command) => {
      const window = context.window();
      switch (command) {
        case 'minimize': window?.minimize(); break;
        case 'toggle-maximize': if (window?.isMaximized()) window.unmaximize(); else window?.maximize(); break;
        case 'close': window?.close(); break;
      }
      return null;
    }),
    'close.shown': handler<'close.shown'>(nothing, () => {
      question.shown();
      return null;
    }),
    'close.answer': handler<'close.answer'>(z.tuple([z.enum(['keep-training', 'stop-at-checkpoint', 'cancel'])]), (choice) => {
      // The answer of the call must reach the window before the window goes.
      setImmediate(() => { void closing.answer(choice); });
      return null;
    }),
    'shell.show': handler<'shell.show'>(z.tuple([z.string().max(4096)]), (path) => {
      const file = resolve(path);
      if (!inside(libraryDir, file) && !context.runs.wrote(file)) {
        throw new CultivarError({ code: 'permission-denied', message: `${path} is not a file that Cultivar wrote.` });
      }
      shell.showItemInFolder(file);
      return null;
    }),
    'clipboard.write': handler<'clipboard.write'>(z.tuple([z.string().max(4_000_000)]), (text) => {
      clipboard.writeText(text);
      return null;
    }),
  };
}

const inside = (folder: string, file: string) => !relative(folder, file).startsWith('..');
