import { exits, say } from './output';

/** Work that Ctrl+C cancels; a second time ends at once. @returns null where it was cancelled */
export async function cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const controller = new AbortController();
  const handler = () => {
    if (controller.signal.aborted) process.exit(exits.interrupted);
    say('\nCancelling; nothing will be left.');
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, handler);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) return null;
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, handler);
  }
}

/** A line on a terminal that is drawn again and again; elsewhere nothing until `end`. */
export function progressLine(): { show(text: string): void; end(): void } {
  const terminal = process.stderr.isTTY === true;
  return {
    show: (text) => { if (terminal) process.stderr.write(`\r\x1b[K${text}`); },
    end: () => { if (terminal) process.stderr.write('\n'); },
  };
}
