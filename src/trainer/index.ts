// The trainer process: one run behind a message port. Started by host/trainerProcess.ts with the native runtime's environment.
// A message never decides how a run ended: the exit code does.
import { availableParallelism, constants, setPriority } from 'node:os';
import { exitCodes, type TrainerCommand, type TrainerMessage } from '../contracts/trainer';
import { toErrorData } from '../contracts/errors';
import { RunControl } from '../engine/loop/control';
import { evaluateRun } from '../engine/loop/evaluateRun';
import { openLogitsModel, type LogitsModel } from '../engine/loop/serveModel';
import { trainRun } from '../engine/loop/trainRun';
import { isUsingGpuDevice, loadTensorFlow, tensorFlowVersion } from '../engine/backend';
import { readRun } from '../library/runs';
import { gpuLeftOut } from '../system/checks/gpuState';
import { processorName } from '../system/device';
import { openRunWriter } from '../library/runWriter';
import { doWork } from './tools';

const control = new RunControl();
let running = false;

/** Resolves once the message, and with it those before, is on its way; at once where nobody listens any more. */
const send = (message: TrainerMessage) => new Promise<void>((resolve) => {
  if (!process.connected || !process.send) resolve();
  else process.send(message, () => resolve());
});

async function run({ libraryDir, runId, resume, gpuNotUsed: problem, gpuName, cultivarVersion, commit }: Extract<TrainerCommand, { type: 'run' }>): Promise<number> {
  const writer = await openRunWriter(libraryDir, runId, 'the trainer process');
  try {
    const tf = loadTensorFlow();
    const gpu = isUsingGpuDevice(tf);
    const deviceName = gpu ? (gpuName ?? 'NVIDIA GPU') : processorName();
    const gpuNotUsed = gpuLeftOut(gpu ? 'gpu' : 'cpu', problem, gpuName);
    await writer.update({
      status: 'running', startedAt: writer.manifest.startedAt ?? new Date().toISOString(), endedAt: null, failure: null,
      environment: {
        device: { kind: gpu ? 'gpu' : 'cpu', name: deviceName }, gpuNotUsed,
        intraOpThreads: Number(process.env['TF_NUM_INTRAOP_THREADS']) || availableParallelism(), precision: writer.manifest.config.resolved.precision,
        versions: { cultivar: cultivarVersion, tensorflow: tensorFlowVersion(tf), node: process.versions.node, electron: process.versions['electron'] ?? null, commit },
      },
    });
    let told: Promise<void> = Promise.resolve();
    const outcome = await trainRun({ library: libraryDir, writer, control, resume, gpuNotUsed, deviceName, send: (events) => { told = send({ type: 'events', events }); } });
    // The process ends at once after this: the window is to have what the disk has.
    await told;
    return exitCodes[outcome];
  } finally {
    await writer.close();
  }
}

async function evaluate({ libraryDir, runId, split, tta, weights }: Extract<TrainerCommand, { type: 'evaluate' }>): Promise<number> {
  const proceed = async () => {
    await control.yield();
    return !control.stopped;
  };
  await send({ type: 'evaluated', ...(await evaluateRun(libraryDir, await readRun(libraryDir, runId), split, tta, weights, proceed, (done, images) => void send({ type: 'evaluating', done, images }))) });
  return exitCodes.completed;
}

let served: LogitsModel | null = null;

/** Opens the model and answers `infer` until a stop. */
async function serve({ model }: Extract<TrainerCommand, { type: 'serve' }>): Promise<number> {
  served = await openLogitsModel(model);
  const stopped = new Promise<void>((resolve) => { stopServing = resolve; });
  await send({ type: 'serving', tensorflowVersion: tensorFlowVersion(loadTensorFlow()) });
  if (!control.stopped) await stopped;
  await served.close();
  return exitCodes.completed;
}
let stopServing = () => {};

async function infer({ id, pixels, count }: Extract<TrainerCommand, { type: 'infer' }>): Promise<void> {
  try {
    if (!served) throw new Error('no model is open');
    await send({ type: 'inferred', id, logits: served.logits(pixels, count) });
  } catch (error) {
    await send({ type: 'reason', error: toErrorData(error) });
    process.exit(exitCodes.failed);
  }
}

async function explain({ id, pixels, classes }: Extract<TrainerCommand, { type: 'explain' }>): Promise<void> {
  try {
    if (!served?.gradCam || !served.mapSize) throw new Error('no model that Grad-CAM can look into is open');
    await send({ type: 'explained', id, ...served.gradCam(pixels, classes), mapSize: served.mapSize });
  } catch (error) {
    await send({ type: 'reason', error: toErrorData(error) });
    process.exit(exitCodes.failed);
  }
}

async function start(command: Extract<TrainerCommand, { type: 'run' | 'evaluate' | 'serve' | 'tool' }>): Promise<void> {
  let code: number;
  try {
    switch (command.type) {
      case 'run': code = await run(command); break;
      case 'evaluate': code = await evaluate(command); break;
      case 'serve': code = await serve(command); break;
      case 'tool': code = exitCodes[await doWork(command.work, control, (report) => send({ type: 'told', report }))];
    }
  } catch (error) {
    await send({ type: 'reason', error: toErrorData(error) });
    code = exitCodes.failed;
  }
  process.exit(code);
}

process.on('message', (command: TrainerCommand) => {
  switch (command.type) {
    case 'run':
    case 'evaluate':
    case 'serve':
    case 'tool':
      if (!running) void start(command);
      running = true;
      return;
    case 'infer': return void infer(command);
    case 'explain': return void explain(command);
    case 'stop':
      control.stop();
      return stopServing();
    case 'pause': return control.pause();
    case 'continue': return control.continue();
    case 'note': return control.note(command.text);
  }
});
/** At a checkpoint where there is something to keep. */
function endItself(): void {
  if (served) process.exit(exitCodes.stopped); // nothing to keep
  if (running) control.stop();
  else process.exit(exitCodes.stopped);
}
// The host is gone: nobody is left to end this process.
process.on('disconnect', endItself);
// A logout, a shutdown and `timeout` send it to every process at once, the host too: what is trained so far is kept.
process.on('SIGTERM', endItself);
// Ctrl+C in a terminal, and its end, reach every process of the group; the host decides what it means.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

// The person at the machine comes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
void send({ type: 'ready' });
