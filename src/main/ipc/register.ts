import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { toErrorData } from '../../contracts/errors';
import type { Answer, IpcCall, IpcCalls } from '../../contracts/ipc';
import { isAppUrl } from '../appProtocol';

type Args<C extends IpcCall> = IpcCalls[C]['args'];
type Value<C extends IpcCall> = IpcCalls[C]['value'];

/** A call: the schema its arguments must match, and what answers it. */
export interface Handler<C extends IpcCall> {
  readonly schema: z.ZodType<Args<C>>;
  readonly answer: (...args: Args<C>) => Promise<Value<C>> | Value<C>;
}

export type Handlers<C extends IpcCall = IpcCall> = { readonly [Name in C]: Handler<Name> };

export const handler = <C extends IpcCall>(schema: z.ZodType<Args<C>>, answer: Handler<C>['answer']): Handler<C> => ({ schema, answer });

/** For calls without arguments. */
export const nothing = z.tuple([]);
export const id = z.string().min(1).max(120);

/**
 * The one place where calls of the window reach main: the sender is the app's own top frame, the arguments match their schema, and what
 * goes wrong crosses as data. A call that comes before what answers it is there waits for it.
 */
export function registerHandlers(ipcMain: Pick<IpcMain, 'handle'>, names: readonly IpcCall[], handlers: Promise<Handlers>): void {
  for (const name of names) registerOne(ipcMain, name, handlers.then((all) => all[name] as Handler<typeof name>));
}

function registerOne<C extends IpcCall>(ipcMain: Pick<IpcMain, 'handle'>, name: C, handler: Promise<Handler<C>>): void {
  handler.catch(() => undefined); // told once, where the app starts
  ipcMain.handle(name, async (event, ...given: unknown[]): Promise<Answer<Value<C>>> => {
    if (!fromApp(event)) return refused(`The call ${name} came from another page.`);
    const { schema, answer } = await handler;
    const parsed = schema.safeParse(given);
    if (!parsed.success) return refused(`The call ${name} has arguments that it cannot have: ${z.prettifyError(parsed.error)}`);
    try {
      return { ok: true, value: await answer(...parsed.data) };
    } catch (error) {
      return { ok: false, error: toErrorData(error) };
    }
  });
}

/** The sender is the top frame of a window that shows the app. A frame that has gone meanwhile is null. */
function fromApp({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isAppUrl(senderFrame.url);
}

const refused = (message: string) => ({ ok: false, error: { code: 'internal', message } }) as const;
