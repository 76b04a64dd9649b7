import { fork, type ChildProcess } from 'node:child_process';
import type { CultivarErrorData } from '../../contracts/errors';
import type { AugmentedProbabilities, EvaluationResult, SplitPredictions, TrainerCommand, TrainerMessage } from '../../contracts/trainer';
import type { ToolReport } from '../../contracts/tools';
import type { TrainerEvent } from '../../core/run/events';
import { memoryKills } from '../../system/memoryKills';
import { programFile } from '../../system/programFile';
import { judgeEnd } from './ending';

export interface TrainerProcess {
  readonly pid: number | undefined;
  send(command: TrainerCommand): void;
  /** Asks for an end at a checkpoint; ends the process where that is not heard within `graceMs`. */
  stop(): void;
  /** Ends it at once, as a fault of its own would. */
  kill(): void;
  /** Resolves once the process is gone. */
  readonly ended: Promise<ReturnType<typeof judgeEnd>>;
}

/** A step of a large network, a checkpoint and a batch of an evaluation fit in. */
const graceMs = 120_000;
const stderrKept = 8000;
// TensorFlow says these two whatever its log level is.
const noise = /absl::InitializeLog|oneDNN custom operations|TF_ENABLE_ONEDNN_OPTS|To enable the following instructions|cpu_feature_guard/;

export interface TrainerListeners {
  events?(events: readonly TrainerEvent[]): void;
  evaluating?(done: number, images: number): void;
  evaluated?(result: EvaluationResult, predictions: SplitPredictions, augmented: AugmentedProbabilities | null): void;
  serving?(tensorflowVersion: string): void;
  inferred?(id: number, logits: Float32Array): void;
  explained?(id: number, logits: Float32Array, maps: Float32Array, mapSize: readonly [number, number]): void;
  told?(report: ToolReport): void;
}

/** Starts the trainer on one piece of work. It ends by itself; nothing of it outlives this process. */
export function startTrainer(command: Extract<TrainerCommand, { type: 'run' | 'evaluate' | 'serve' | 'tool' }>, environment: NodeJS.ProcessEnv, listeners: TrainerListeners): TrainerProcess {
  const { file, execArgv } = programFile(import.meta.url, '../index.ts', 'trainer');
  const child = fork(file, [], { env: environment, execArgv, serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const killsBefore = memoryKills();
  let reason: CultivarErrorData | null = null;
  let stderr = '';
  let killedByHost = false;
  let grace: NodeJS.Timeout | undefined;
  const send = (message: TrainerCommand) => {
    // It may have ended a moment ago; its exit tells.
    if (child.connected) child.send(message, () => undefined);
  };
  child.on('message', (message: TrainerMessage) => {
    switch (message.type) {
      case 'ready': return send(command);
      case 'events': return listeners.events?.(message.events);
      case 'evaluating': return listeners.evaluating?.(message.done, message.images);
      case 'evaluated': return listeners.evaluated?.(message.result, message.predictions, message.augmented);
      case 'serving': return listeners.serving?.(message.tensorflowVersion);
      case 'inferred': return listeners.inferred?.(message.id, message.logits);
      case 'explained': return listeners.explained?.(message.id, message.logits, message.maps, message.mapSize);
      case 'told': return listeners.told?.(message.report);
      case 'reason':
        reason = message.error;
    }
  });
  child.stdout?.resume();
  child.stderr?.on('data', (piece: Buffer) => {
    const lines = piece.toString().split('\n').filter((line) => !noise.test(line)).join('\n');
    stderr = (stderr + lines).slice(-stderrKept);
  });
  const ended = closed(child).then(({ code, signal }) => {
    clearTimeout(grace);
    return judgeEnd({ code, signal, reason, stderr: stderr.trim(), killedByHost, memoryKill: killsBefore !== null && (memoryKills() ?? 0) > killsBefore });
  });
  return {
    pid: child.pid,
    send,
    stop: () => {
      send({ type: 'stop' });
      grace ??= setTimeout(() => {
        killedByHost = true;
        child.kill('SIGKILL');
      }, graceMs);
    },
    kill: () => { child.kill('SIGKILL'); },
    ended,
  };
}

const closed = (child: ChildProcess) => new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
  child.on('error', () => {
    // Without a process there is no 'close'.
    if (child.pid === undefined) resolve({ code: 127, signal: null });
  });
  child.on('close', (code, signal) => resolve({ code, signal }));
});
