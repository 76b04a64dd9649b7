// The export process: one export behind a message port, started by host.ts. Formats, ONNX Runtime and TensorFlow.js are loaded here and
// nowhere else; TensorFlow's own library stays in the trainer process, which this one starts.
import { constants, setPriority } from 'node:os';
import { toErrorData } from '../contracts/errors';
import type { ExportCommand, ExportMessage } from '../contracts/exports';
import { exportModel } from './job';

const controller = new AbortController();
let started = false;

/** Resolves once the message is on its way; at once where nobody listens any more. */
const send = (message: ExportMessage) => new Promise<void>((resolve) => {
  if (!process.connected || !process.send) resolve();
  else process.send(message, () => { resolve(); });
});

async function start(library: string, request: Extract<ExportCommand, { type: 'export' }>['request']): Promise<void> {
  try {
    const result = await exportModel(library, request, controller.signal, (progress) => void send({ type: 'progress', progress }));
    await send({ type: 'done', result });
  } catch (error) {
    await send({ type: 'failed', error: toErrorData(error) });
  }
  process.exit(0);
}

process.on('message', (command: ExportCommand) => {
  switch (command.type) {
    case 'export':
      if (!started) void start(command.libraryDir, command.request);
      started = true;
      return;
    case 'cancel': return controller.abort();
  }
});
// The host is gone: nobody waits for the export. What is half done goes with it.
process.on('disconnect', () => {
  controller.abort();
  if (!started) process.exit(0);
});
// Ctrl+C in a terminal reaches every process of the group; the host decides what it means.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

// The person at the machine comes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
void send({ type: 'ready' });
