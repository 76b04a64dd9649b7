import type { IpcMainInvokeEvent } from 'electron';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { CultivarError } from '../../contracts/errors';
import type { IpcCall } from '../../contracts/ipc';
import { handler, registerHandlers, type Handlers } from './register';

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

/** Electron's side is the outermost edge: what it would call is kept and called here. */
function registered(handlers: Partial<Handlers>) {
  const listeners = new Map<string, Listener>();
  registerHandlers({ handle: (name: string, listener: Listener) => { listeners.set(name, listener); } } as never, Object.keys(handlers) as IpcCall[], Promise.resolve(handlers as Handlers));
  return (name: string, url: string, args: unknown[], top = true) => {
    const frame = { url };
    const event = { sender: { mainFrame: top ? frame : { url } }, senderFrame: frame } as unknown as IpcMainInvokeEvent;
    return listeners.get(name)!(event, ...args);
  };
}

const page = 'app://cultivar/index.html#/live';
const call = registered({
  'runs.stop': handler<'runs.stop'>(z.tuple([z.string()]), (id) => {
    if (id === 'none') throw new CultivarError({ code: 'run-unknown', message: 'No such run.' });
    if (id === 'bad') throw new TypeError('x');
    return null;
  }),
});

it('answers the app', async () => {
  expect(await call('runs.stop', page, ['a'])).toEqual({ ok: true, value: null });
  expect(await call('runs.stop', page, ['none'])).toEqual({ ok: false, error: { code: 'run-unknown', message: 'No such run.' } });
  expect(await call('runs.stop', page, ['bad'])).toMatchObject({ ok: false, error: { code: 'internal', message: 'x' } });
});

it('refuses other pages, frames inside the page and arguments of another kind', async () => {
  for (const url of ['https://example.org/', 'app://cultivar.evil/index.html', 'about:blank']) expect(await call('runs.stop', url, ['a'])).toMatchObject({ ok: false });
  expect(await call('runs.stop', page, ['a'], false)).toMatchObject({ ok: false });
  for (const args of [[], [1], ['a', 'b']]) expect(await call('runs.stop', page, args)).toMatchObject({ ok: false, error: { code: 'internal' } });
});
