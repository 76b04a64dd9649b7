import type { BrowserWindow } from 'electron';
import type { IpcPush, IpcPushes } from '../contracts/ipc';
import type { Scheduler } from '../trainer/host/scheduler';
import type { Attention } from './attention';
import type { ExperimentService } from './experiments/experimentService';
import type { RunService } from './runs/runService';
import type { SettingsStore } from './settings';
import type { Words } from './words';

/** What the handlers of the window's calls share. */
export interface AppContext {
  readonly libraryDir: string;
  readonly cacheDir: string;
  readonly settings: SettingsStore;
  readonly runs: RunService;
  readonly experiments: ExperimentService;
  readonly queue: Scheduler;
  readonly window: () => BrowserWindow | null;
  readonly attention: Attention;
  readonly words: () => Words;
  /** Sends to the window, where there is one that can hear. */
  push<P extends IpcPush>(name: P, payload: IpcPushes[P]): void;
}
