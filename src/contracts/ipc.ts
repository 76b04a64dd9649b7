import type { BinCalls, BinPushes } from './calls/bin';
import type { RemarksCalls, RemarksPushes } from './calls/remarks';
import type { AuditCalls, AuditPushes } from './calls/audit';
import type { ExperimentCalls, ExperimentPushes } from './calls/experiments';
import type { ExportCalls, ExportPushes } from './calls/exports';
import type { InspectionCalls } from './calls/inspection';
import type { InterchangeCalls, InterchangePushes } from './calls/interchange';
import type { RuntimeCalls, RuntimePushes } from './calls/runtime';
import type { ToolCalls, ToolPushes } from './calls/tools';
import type { DatasetCalls, DatasetPushes } from './calls/datasets';
import type { DatasetManifest, DatasetProgress, SampleImages } from './dataset';
import type { DoctorReport } from './doctor';
import type { CultivarErrorData } from './errors';
import type { ExperimentSummary, FirstBatch, ListedRun, QueueState, RunCurves, RunRecord, RunSummary } from './runs';
import type { DeviceSample, StorageReport } from './system';
import type { Bfloat16Speed } from '../core/config/bfloat16';
import type { RunConfigInput } from '../core/config/run';
import type { TrainerEvent } from '../core/run/events';

/** Answers cross as data: a call never rejects for a reason a person should read. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CultivarErrorData };

export interface AppInfo {
  readonly version: string;
  readonly electron: string;
  readonly chrome: string;
  readonly node: string;
  readonly libraryDir: string;
  readonly cacheDir: string;
  /** The system's language, e.g. `ja-JP`. */
  readonly locale: string;
  /** True where the window draws its own buttons. */
  readonly frameless: boolean;
  /** Of this computer's processor; null where the system does not say. */
  readonly bfloat16: Bfloat16Speed | null;
}

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  readonly language: 'system' | 'en' | 'ja';
  /** Leaves one core to the person at the machine while training. */
  readonly leaveOneCore: boolean;
  readonly singleKeyShortcuts: boolean;
  /** Of what ends while the window is not looked at. */
  readonly notifications: boolean;
  /** The computer stays awake while a run trains. */
  readonly preventSleep: boolean;
  /** While the GPU cannot be used, runs train on the CPU instead of waiting for it. Ends by itself once it can be used. */
  readonly cpuMeanwhile: boolean;
}

/** What the window may show of a data set. */
export interface DatasetCard {
  readonly manifest: DatasetManifest;
  /** Images a class, training set. */
  readonly classCounts: readonly number[];
}

/** A rate measured on this machine, from a finished or running run of the same network; null where none was measured yet. */
export interface RateEstimate {
  readonly imagesPerSecond: number;
  readonly fromRunId: string;
}

/** Every call from the window to main: arguments and answer. */
export interface IpcCalls extends AuditCalls, BinCalls, RemarksCalls, DatasetCalls, ExperimentCalls, ExportCalls, InspectionCalls, InterchangeCalls, RuntimeCalls, ToolCalls {
  'app.info': { args: []; value: AppInfo };
  'settings.get': { args: []; value: Settings };
  'settings.set': { args: [change: Partial<Settings>]; value: Settings };
  'window.command': { args: [command: 'minimize' | 'toggle-maximize' | 'close']; value: null };

  'runs.list': { args: []; value: readonly ListedRun[] };
  'runs.get': { args: [runId: string]; value: RunRecord };
  /** Thin curves of many runs, for overlaying them; one that cannot be read is left out. @param points steps a run, at most */
  'runs.curves': { args: [runIds: readonly string[], points: number]; value: readonly RunCurves[] };
  /** Checks the config, writes the run and puts it into the queue. */
  'runs.start': { args: [config: RunConfigInput]; value: RunSummary };
  /** A new run that goes on where a completed one ended, for so many epochs. */
  'runs.extend': { args: [runId: string, epochs: number]; value: RunSummary };
  'runs.stop': { args: [runId: string]; value: null };
  /** Ends a run that trains, and keeps only its best epoch's checkpoint: exports, predictions and a resume go on from that one. */
  'runs.stopAtBest': { args: [runId: string]; value: null };
  'runs.pause': { args: [runId: string]; value: null };
  'runs.continue': { args: [runId: string]; value: null };
  /** Takes an ended run up again at its last checkpoint. */
  'runs.resume': { args: [runId: string]; value: null };
  'runs.note': { args: [runId: string, text: string]; value: null };
  /** To the bin; `runs.restore` undoes it. */
  'runs.delete': { args: [runId: string]; value: null };
  'runs.restore': { args: [runId: string]; value: null };
  'runs.firstBatch': { args: [runId: string]; value: FirstBatch | null };
  'runs.estimate': { args: [config: RunConfigInput]; value: RateEstimate | null };
  'queue.get': { args: []; value: QueueState };
  /** Starts the quickstart experiment. */
  'quickstart.start': { args: []; value: ExperimentSummary };

  'dataset.card': { args: [datasetId: string]; value: DatasetCard | null };
  /** The first `perClass` training images of each class, class by class. */
  'dataset.samples': { args: [datasetId: string, perClass: number]; value: SampleImages };
  /** Fetches CIFAR-10; progress is pushed. Answers once it is there. */
  'dataset.fetch': { args: []; value: DatasetCard };
  'dataset.cancelFetch': { args: []; value: null };

  /** The last report, or a first one; `again` runs every check. */
  'doctor.report': { args: [again: boolean]; value: DoctorReport };
  'storage.report': { args: []; value: StorageReport };
  'device.sample': { args: []; value: DeviceSample };
  /** An error as text for a mail or an issue, with versions, device and last lines; names nobody. @param runId whose last events go along */
  'diagnostics.error': { args: [error: CultivarErrorData, runId: string | null]; value: string };
  /** The doctor's last report as such a text. */
  'diagnostics.doctor': { args: []; value: string };
  /** Shows a file that this app wrote in the file manager. */
  'shell.show': { args: [path: string]; value: null };
  'clipboard.write': { args: [text: string]; value: null };
}

/** What main tells the window by itself. */
export interface IpcPushes extends AuditPushes, BinPushes, RemarksPushes, DatasetPushes, ExperimentPushes, ExportPushes, InterchangePushes, RuntimePushes, ToolPushes {
  'run.events': { readonly runId: string; readonly events: readonly TrainerEvent[] };
  'run.changed': ListedRun;
  'run.removed': { readonly runId: string };
  'queue.changed': QueueState;
  'dataset.progress': DatasetProgress;
  'settings.changed': Settings;
  'doctor.changed': DoctorReport;
  /** A notification was clicked: the window goes to what it tells of. */
  'window.goTo': { readonly route: string };
  /** The person asked to close the window while a run trains. */
  'close.asked': { readonly runId: string };
}

/** The question of `close.asked` is on the screen, and its answer. */
export interface IpcCalls {
  'close.shown': { args: []; value: null };
  'close.answer': { args: [choice: 'keep-training' | 'stop-at-checkpoint' | 'cancel']; value: null };
}

export type IpcCall = keyof IpcCalls;
export type IpcPush = keyof IpcPushes;

/** `window.cultivar`, all that the window can reach. */
export interface CultivarApi {
  call<C extends IpcCall>(name: C, ...args: IpcCalls[C]['args']): Promise<Answer<IpcCalls[C]['value']>>;
  /** Where a dropped file lies; empty for one that lies nowhere. */
  pathOf(file: object): string;
  /** Listens; the returned function ends it. */
  on<P extends IpcPush>(name: P, listener: (payload: IpcPushes[P]) => void): () => void;
}
