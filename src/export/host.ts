import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { CultivarError, type CultivarErrorData } from '../contracts/errors';
import type { ExportCommand, ExportMessage, ExportProgress, ExportRequest, ExportResult } from '../contracts/exports';
import { programFile } from '../system/programFile';
import { temporaryOf } from './temporary';

export interface RunningExport {
  /** Ends it; nothing is left. */
  cancel(): void;
  /** @throws CultivarError of the export, as exportModel tells them */
  readonly result: Promise<ExportResult>;
}

/** A batch of a large network fits in. */
const graceMs = 30_000;
const stderrKept = 4000;

/** Exports in a process of its own. It ends with this one. */
export function startExport(libraryDir: string, request: ExportRequest, onProgress: (progress: ExportProgress) => void): RunningExport {
  const { file, execArgv } = programFile(import.meta.url, './process.ts', 'exporter');
  // A child of Electron is Electron; this makes it the Node inside.
  const environment = { ...process.env, ...(process.versions['electron'] && { ELECTRON_RUN_AS_NODE: '1' }) };
  const child = fork(file, [], { env: environment, execArgv, serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let end: { result: ExportResult } | { error: CultivarErrorData } | null = null;
  let [stderr, cancelled]: [string, boolean] = ['', false];
  let grace: NodeJS.Timeout | undefined;
  const send = (command: ExportCommand) => {
    if (child.connected) child.send(command, () => undefined);
  };
  child.stderr?.on('data', (piece: Buffer) => { stderr = (stderr + piece.toString()).slice(-stderrKept); });
  child.on('message', (message: ExportMessage) => {
    switch (message.type) {
      case 'ready': return send({ type: 'export', libraryDir, request });
      case 'progress': return onProgress(message.progress);
      case 'done':
        end = { result: message.result };
        return;
      case 'failed':
        end = { error: message.error };
    }
  });
  const result = new Promise<ExportResult>((resolve, reject) => {
    const ended = async (how: string) => {
      clearTimeout(grace);
      if (end && 'result' in end) return resolve(end.result);
      if (end) return reject(new CultivarError(end.error));
      // It had no time to clear up.
      if (child.pid !== undefined) await rm(temporaryOf(request.destination, child.pid), { recursive: true, force: true }).catch(() => undefined);
      reject(new CultivarError(cancelled
        ? { code: 'export-cancelled', message: 'The export was cancelled; nothing was left.' }
        : { code: 'export-crashed', message: `The export process ${how}. Nothing of the export was left.`, remedy: 'Try again; where memory is short, end other programs first.', ...(stderr && { detail: stderr }) }));
    };
    child.on('error', (error) => {
      // Without a process there is no 'close'.
      if (child.pid === undefined) void ended(`could not be started (${error.message})`);
    });
    child.on('close', (code, signal) => void ended(signal ? `was ended by ${signal}` : `ended with code ${code}`));
  });
  return {
    result,
    cancel: () => {
      cancelled = true;
      send({ type: 'cancel' });
      grace ??= setTimeout(() => child.kill('SIGKILL'), graceMs);
    },
  };
}
