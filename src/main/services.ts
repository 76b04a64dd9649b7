import { app, dialog, type BrowserWindow } from 'electron';
import { cacheFolder } from '../library/paths';
import { Scheduler } from '../trainer/host/scheduler';
import { thisMachine } from '../trainer/host/thisMachine';
import { Attention } from './attention';
import { CloseQuestion } from './closeQuestion';
import { Closing } from './closing';
import { archiveArgument } from './commandLine';
import type { AppContext } from './context';
import { electronDesktop } from './desktop';
import { EventBatcher } from './eventBatcher';
import { ExperimentService } from './experiments/experimentService';
import { Health } from './health';
import { appHandlers } from './ipc/appHandlers';
import { auditHandlers } from './ipc/auditHandlers';
import { dataHandlers } from './ipc/dataHandlers';
import { importHandlers } from './ipc/importHandlers';
import { experimentHandlers } from './ipc/experimentHandlers';
import { exportHandlers } from './ipc/exportHandlers';
import { inspectionHandlers } from './ipc/inspectionHandlers';
import { interchangeHandlers } from './ipc/interchangeHandlers';
import { libraryHandlers } from './ipc/libraryHandlers';
import { predictionHandlers } from './ipc/predictionHandlers';
import { queueHandlers } from './ipc/queueHandlers';
import type { Handlers } from './ipc/register';
import { reportHandlers } from './ipc/reportHandlers';
import { runHandlers } from './ipc/runHandlers';
import { runtimeHandlers } from './ipc/runtimeHandlers';
import { systemHandlers } from './ipc/systemHandlers';
import { toolHandlers } from './ipc/toolHandlers';
import { weightsHandlers } from './ipc/weightsHandlers';
import { Predictors } from './predictors';
import { RecentLines } from './recentLines';
import { RunService } from './runs/runService';
import type { SettingsStore } from './settings';
import { wordsIn } from './words';

const recent = new RecentLines();
recent.follow(console);

/** All that the app does behind its window: runs, queue, experiments, and what answers the page's calls. */
export function startServices({ libraryDir, settings, window: opened, stateKept }: {
  readonly libraryDir: string; readonly settings: SettingsStore; readonly window: BrowserWindow; readonly stateKept: () => Promise<void>;
}): { readonly handlers: Handlers; readonly secondInstance: (argv: readonly string[], folder: string, asked: unknown) => void } {
  const cacheDir = cacheFolder();
  let window: BrowserWindow | null = opened.isDestroyed() ? null : opened;
  opened.on('closed', () => { window = null; });
  const words = () => wordsIn(settings.value.language, app.getLocale());
  const push: AppContext['push'] = (name, payload) => {
    if (window && !window.isDestroyed() && !window.webContents.isDestroyed()) window.webContents.send(name, payload);
  };

  const showWindow = () => {
    closing.reopened();
    if (window?.isMinimized()) window.restore();
    window?.show();
    window?.focus();
  };
  const attention = new Attention(electronDesktop(() => window, (route) => {
    showWindow();
    push('window.goTo', { route });
  }), () => settings.value, words);
  const batcher = new EventBatcher((runId, events) => { push('run.events', { runId, events }); });
  const queue = new Scheduler(libraryDir, 'the Cultivar window', {
    events: (runId, events) => {
      batcher.add(runId, events);
      attention.events(runId, events);
    },
    runChanged: (run) => {
      push('run.changed', run);
      attention.runChanged(run);
      if (run.status === 'damaged') return;
      const ended = run.status !== 'queued' && run.status !== 'running';
      const looked = experiments.runChanged(run.id, run.experimentId, ended).then((over) => {
        // A stop was asked for by the person who would be told.
        if (run.status !== 'stopped') for (const experiment of over) attention.experimentEnded(experiment);
      });
      attention.waitFor(looked);
      looked.catch((error: unknown) => { console.error('The experiment of a run that ended does not go on.', error); });
    },
    queueChanged: (state) => {
      push('queue.changed', state);
      attention.queueChanged(state.activeRunIds, state.held !== null);
      if (state.activeRunId === null) void closing.trainingEnded();
    },
  }, { cpuMeanwhile: () => settings.value.cpuMeanwhile });
  const machine = () => thisMachine(settings.value.cpuMeanwhile);
  const runs = new RunService(libraryDir, queue, () => settings.value.leaveOneCore, machine);
  const experiments: ExperimentService = new ExperimentService({
    libraryDir, version: app.getVersion(), queue, machine, leaveOneCore: () => settings.value.leaveOneCore, changed: (experimentId) => { push('experiment.changed', { experimentId }); },
  });
  const closing: Closing = new Closing({
    activeRunId: () => queue.state.activeRunId,
    windowVisible: () => window?.isVisible() ?? false,
    ask: (runId) => { question.ask(runId); },
    hideWindow: () => { window?.hide(); },
    shutDown: async () => { await Promise.all([queue.close(), stateKept(), attention.told()]); },
    quit: () => {
      // By now nothing asks any more; a page that hangs must not keep the window.
      window?.destroy();
      app.quit();
    },
  });
  const question = new CloseQuestion({
    askWindow: (runId) => {
      if (!window || window.webContents.isCrashed()) return false;
      push('close.asked', { runId });
      return true;
    },
    askSystem: async () => {
      const { message, keep, stop, cancel } = words().close;
      const { response } = await dialog.showMessageBox({ type: 'question', message, buttons: [keep, stop, cancel], defaultId: 0, cancelId: 2 });
      return (['keep-training', 'stop-at-checkpoint', 'cancel'] as const)[response] ?? 'cancel';
    },
    answer: (choice) => closing.answer(choice),
  });
  /** "Meanwhile" ends with what it was chosen for; the next time is asked about anew. */
  const gpuIsBack = async () => {
    if (settings.value.cpuMeanwhile) push('settings.changed', await settings.change({ cpuMeanwhile: false }));
  };
  const health = new Health(libraryDir, cacheDir, (report) => {
    push('doctor.changed', report);
    const settled = report.device?.kind === 'gpu' ? gpuIsBack().catch((error: unknown) => { console.error('The choice of the CPU could not be taken back.', error); }) : Promise.resolve();
    void settled.then(() => queue.deviceChanged());
  });
  const context: AppContext = { libraryDir, cacheDir, settings, runs, experiments, queue, attention, window: () => window, words, push };
  let archiveAsked: string | null = null;
  const openArchive = (path: string | null) => {
    if (path === null) return;
    archiveAsked = path;
    push('archive.opened', null);
  };
  const takeArchive = () => {
    const path = archiveAsked;
    archiveAsked = null;
    return path;
  };
  openArchive(archiveArgument(process.argv, process.cwd()));
  const predictors = new Predictors(context.libraryDir);
  const handlers: Handlers = {
    ...appHandlers(context, closing, question), ...runHandlers(context), ...libraryHandlers(context), ...queueHandlers(context), ...experimentHandlers(context), ...predictionHandlers(context), ...reportHandlers(context), ...exportHandlers(context), ...interchangeHandlers(context, predictors, { waits: () => archiveAsked !== null, take: takeArchive }), ...toolHandlers(context, predictors),
    ...dataHandlers(context), ...inspectionHandlers(context), ...importHandlers(context), ...auditHandlers(context), ...systemHandlers(context, health, recent), ...runtimeHandlers(context, health), ...weightsHandlers(context),
  };

  app.on('before-quit', (event) => { closing.appQuits(event); });
  const secondInstance = (argv: readonly string[], folder: string, asked: unknown) => {
    openArchive(archiveArgument(argv, folder));
    showWindow();
    const other = (asked as { libraryDir?: unknown } | null)?.libraryDir;
    if (window && typeof other === 'string' && other !== libraryDir) void dialog.showMessageBox(window, { type: 'info', ...words().otherLibrary(libraryDir, other) });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => { void closing.leave(); });

  opened.on('close', (event) => { closing.windowCloses(event); });
  // The window comes first: what takes seconds follows once it stands.
  const begin = () => {
    // The window asks for the same and shows what is wrong; here it only must not end the app.
    queue.open().catch((error: unknown) => { console.error('The queue could not be read.', error); });
    experiments.resume().catch((error: unknown) => { console.error('The experiments could not be read.', error); });
    health.check().catch((error: unknown) => { console.error('The checks could not be run.', error); });
  };
  if (window && opened.webContents.isLoadingMainFrame()) opened.webContents.once('did-finish-load', begin);
  else begin();
  return { handlers, secondInstance };
}
