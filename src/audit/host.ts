import { fork } from 'node:child_process';
import { CultivarError, type CultivarErrorData } from '../contracts/errors';
import type { AuditProgress, DatasetAudit } from '../core/audit/types';
import { readAudit } from '../data/audit/auditFile';
import { manifestOf } from '../data/audit/excludeLists';
import { cancelled } from '../data/audit/scan';
import { programFile } from '../system/programFile';
import type { AuditorCommand, AuditorMessage } from './protocol';

const stderrKept = 4000;

/**
 * Audits a revision of a data set in a process of its own, which ends with this one, and keeps the result.
 * @throws CultivarError dataset-unknown, dataset-damaged; tool-cancelled; internal where the process died; a storage error
 */
export async function startAudit(command: AuditorCommand, onProgress: (progress: AuditProgress) => void, signal: AbortSignal): Promise<DatasetAudit> {
  const manifest = await manifestOf(command.library, command.datasetId, command.revision);
  await inProcess(command, onProgress, signal);
  const audit = await readAudit(command.library, manifest);
  if (audit) return audit;
  throw new CultivarError({ code: 'library-damaged', message: 'The audit was made, and cannot be read again.', remedy: 'Audit once more.' });
}

function inProcess(command: AuditorCommand, onProgress: (progress: AuditProgress) => void, signal: AbortSignal): Promise<void> {
  const { file, execArgv } = programFile(import.meta.url, './process.ts', 'auditor');
  // A child of Electron is Electron; this makes it the Node inside.
  const env = { ...process.env, ...(process.versions['electron'] && { ELECTRON_RUN_AS_NODE: '1' }) };
  const child = fork(file, [], { env, execArgv, serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const kill = () => { child.kill('SIGKILL'); };
  if (signal.aborted) kill();
  signal.addEventListener('abort', kill, { once: true });
  return new Promise<void>((resolve, reject) => {
    let [done, failed, stderr]: [boolean, CultivarErrorData | null, string] = [false, null, ''];
    child.stderr?.on('data', (piece: Buffer) => { stderr = (stderr + piece.toString()).slice(-stderrKept); });
    child.on('message', (message: AuditorMessage) => {
      switch (message.type) {
        case 'ready': child.send(command, () => undefined); return;
        case 'progress': onProgress(message.progress); return;
        case 'done': done = true; return;
        case 'failed': failed = message.error;
      }
    });
    const settle = (how: string) => {
      signal.removeEventListener('abort', kill);
      if (done) resolve();
      else if (signal.aborted) reject(cancelled());
      else reject(new CultivarError(failed ?? { code: 'internal', message: `The audit process ${how}.`, remedy: 'Try again; where memory is short, end other programs first.', ...(stderr && { detail: stderr }) }));
    };
    child.on('error', (error) => {
      // Without a process there is no 'close'.
      if (child.pid === undefined) settle(`could not be started (${error.message})`);
    });
    child.on('close', (code, ended) => { settle(ended ? `was ended by ${ended}` : `ended with code ${code}`); });
  });
}
