import { fork } from 'node:child_process';
import { CultivarError, type CultivarErrorData } from '../contracts/errors';
import type { ImportOptions, ImportPlan, ImportProgress, ImportResult } from '../contracts/importing';
import { programFile } from '../system/programFile';
import type { ImporterCommand, ImporterMessage } from './protocol';

export interface RunningImport {
  /** Ends it; nothing is left. */
  cancel(): void;
  /** @throws CultivarError as importDataset tells them */
  readonly result: Promise<ImportResult>;
}

/** An import is given so long to clear up. */
const graceMs = 10_000;
const stderrKept = 4000;

/** Plans in a process of its own. @throws CultivarError import-unreadable */
export async function startPlan(library: string, path: string): Promise<ImportPlan> {
  const end = await inProcess({ type: 'plan', library, path }, () => undefined).ended;
  if (end.type === 'planned') return end.plan;
  throw new CultivarError(end.type === 'failed' ? end.error : unexpected('ended without an answer', ''));
}

/** Imports in a process of its own. It ends with this one. */
export function startImport(library: string, path: string, options: ImportOptions, onProgress: (progress: ImportProgress) => void): RunningImport {
  const { ended, cancel } = inProcess({ type: 'import', library, path, options }, onProgress);
  return {
    cancel,
    result: ended.then((end) => {
      if (end.type === 'imported') return end.result;
      throw new CultivarError(end.type === 'failed' ? end.error : unexpected('ended without an answer', ''));
    }),
  };
}

type End = Extract<ImporterMessage, { type: 'planned' | 'imported' | 'failed' }>;

function inProcess(command: ImporterCommand, onProgress: (progress: ImportProgress) => void): { ended: Promise<End>; cancel(): void } {
  const { file, execArgv } = programFile(import.meta.url, './process.ts', 'importer');
  // A child of Electron is Electron; this makes it the Node inside.
  const env = { ...process.env, ...(process.versions['electron'] && { ELECTRON_RUN_AS_NODE: '1' }) };
  const child = fork(file, [], { env, execArgv, serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let end: End | null = null;
  let [stderr, cancelled] = ['', false];
  let grace: NodeJS.Timeout | undefined;
  const send = (message: ImporterCommand) => { if (child.connected) child.send(message, () => undefined); };
  child.stderr?.on('data', (piece: Buffer) => { stderr = (stderr + piece.toString()).slice(-stderrKept); });
  child.on('message', (message: ImporterMessage) => {
    switch (message.type) {
      case 'ready': return send(command);
      case 'progress': return onProgress(message.progress);
      case 'planned': case 'imported': case 'failed': end = message;
    }
  });
  const ended = new Promise<End>((resolve) => {
    const settle = (how: string) => {
      clearTimeout(grace);
      resolve(end ?? { type: 'failed', error: cancelled ? { code: 'import-cancelled', message: 'The import was cancelled.' } : unexpected(how, stderr) });
    };
    child.on('error', (error) => {
      // Without a process there is no 'close'.
      if (child.pid === undefined) settle(`could not be started (${error.message})`);
    });
    child.on('close', (code, signal) => { settle(signal ? `was ended by ${signal}` : `ended with code ${code}`); });
  });
  return {
    ended,
    cancel: () => {
      cancelled = true;
      send({ type: 'cancel' });
      grace ??= setTimeout(() => child.kill('SIGKILL'), graceMs);
    },
  };
}

const unexpected = (how: string, stderr: string): CultivarErrorData => ({
  code: 'import-crashed', message: `The import process ${how}. The library is as it was; what had been read is kept for the next try.`, remedy: 'Try again; where memory is short, end other programs first.', ...(stderr && { detail: stderr }),
});
