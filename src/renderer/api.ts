import { CultivarError, toErrorData, type CultivarErrorData } from '../contracts/errors';
import type { CultivarApi, IpcCall, IpcCalls, IpcPush, IpcPushes } from '../contracts/ipc';

declare global {
  interface Window {
    /** Put there by the preload script; all that the window can reach. */
    readonly cultivar: CultivarApi;
  }
}

/** Calls main and gives the value. @throws CultivarError with the reason main gave */
export async function ask<C extends IpcCall>(name: C, ...args: IpcCalls[C]['args']): Promise<IpcCalls[C]['value']> {
  const answer = await window.cultivar.call(name, ...args);
  if (answer.ok) return answer.value;
  throw new CultivarError(answer.error);
}

export const listen = <P extends IpcPush>(name: P, listener: (payload: IpcPushes[P]) => void): (() => void) => window.cultivar.on(name, listener);

export const asErrorData = (error: unknown): CultivarErrorData => toErrorData(error);
