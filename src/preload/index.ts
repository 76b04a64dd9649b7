import { contextBridge, ipcRenderer, type IpcRendererEvent, webUtils } from 'electron';
import type { CultivarApi } from '../contracts/ipc';
import { isCall, isPush } from './names';

/** All that the window can reach. Names outside of the contract stop here; main checks sender and arguments again. */
const api: CultivarApi = {
  call: (name, ...args) => {
    if (!isCall(name)) return Promise.reject(new TypeError('No such call.'));
    return ipcRenderer.invoke(name, ...args);
  },
  pathOf: (file) => webUtils.getPathForFile(file as File),
  on: (name, listener) => {
    if (!isPush(name)) throw new TypeError('No such message.');
    // The event itself stays here: it would hand the sender's ports to the page.
    const forward = (_event: IpcRendererEvent, payload: Parameters<typeof listener>[0]) => { listener(payload); };
    ipcRenderer.on(name, forward);
    return () => { ipcRenderer.off(name, forward); };
  },
};

contextBridge.exposeInMainWorld('cultivar', api);
