// A decoder: image files come, pixels go. It is a process of its own because a file that is made to break a decoder, or to fill memory,
// ends this process and nothing else. Started by pool.ts; it ends with the process that started it.
import { prepareFile } from './prepareFile';
import type { DecodeBatch, DecodeOutcome } from './protocol';

process.on('message', (batch: DecodeBatch) => {
  void (async () => {
    const outcomes: DecodeOutcome[] = [];
    for (const source of batch.sources) outcomes.push(await prepareFile(source, batch));
    if (process.connected) process.send?.(outcomes);
  })();
});
process.on('disconnect', () => { process.exit(0); });
// Ctrl+C in a terminal reaches every process of the group; the import decides what it means.
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined);
// Its start is none of an image's time.
process.send?.('ready');
