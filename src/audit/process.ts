// The audit process: one audit behind a message port, started by host.ts, so that its memory and its threads are gone when it ends.
import { constants, setPriority } from 'node:os';
import { toErrorData } from '../contracts/errors';
import { auditDataset } from './auditDataset';
import type { AuditorCommand, AuditorMessage } from './protocol';

const controller = new AbortController();

/** Resolves once the message is on its way; at once where nobody listens any more. */
const send = (message: AuditorMessage) => new Promise<void>((resolve) => {
  if (!process.connected || !process.send) resolve();
  else process.send(message, () => { resolve(); });
});

async function work({ background, ...audit }: AuditorCommand): Promise<void> {
  if (background) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  try {
    await auditDataset({ ...audit, signal: controller.signal, onProgress: (progress) => void send({ type: 'progress', progress }) });
    await send({ type: 'done' });
  } catch (error) {
    await send({ type: 'failed', error: toErrorData(error) });
  }
  process.exit(0);
}

process.once('message', (command: AuditorCommand) => { void work(command); });
// The host is gone, or ends this: nothing is kept before the last file is written whole.
process.on('disconnect', () => { process.exit(0); });
// Ctrl+C in a terminal reaches every process of the group; the host decides what it means.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

void send({ type: 'ready' });
