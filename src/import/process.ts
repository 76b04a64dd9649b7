// The import process: one plan or one import behind a message port, started by host.ts. Archives, tables and pickles of strangers are read
// here, and images in processes of its own, so that whatever they do happens to nobody else.
import { toErrorData } from '../contracts/errors';
import { importDataset } from './importDataset';
import { planImport } from './planImport';
import type { ImporterCommand, ImporterMessage } from './protocol';

const controller = new AbortController();
let started = false;

/** Resolves once the message is on its way; at once where nobody listens any more. */
const send = (message: ImporterMessage) => new Promise<void>((resolve) => {
  if (!process.connected || !process.send) resolve();
  else process.send(message, () => { resolve(); });
});

async function work(command: Exclude<ImporterCommand, { type: 'cancel' }>): Promise<void> {
  try {
    if (command.type === 'plan') await send({ type: 'planned', plan: await planImport(command.library, command.path) });
    else {
      const { library, path, options } = command;
      await send({ type: 'imported', result: await importDataset({ library, path, options, signal: controller.signal, onProgress: (progress) => void send({ type: 'progress', progress }) }) });
    }
  } catch (error) {
    await send({ type: 'failed', error: toErrorData(error) });
  }
  process.exit(0);
}

process.on('message', (command: ImporterCommand) => {
  if (command.type === 'cancel') controller.abort();
  else if (!started) {
    started = true;
    void work(command);
  }
});
// The host is gone. What is staged stays, and the next import of the same goes on from there.
process.on('disconnect', () => { process.exit(0); });
// Ctrl+C in a terminal reaches every process of the group; the host decides what it means.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

void send({ type: 'ready' });
