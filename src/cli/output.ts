import { CultivarError, toErrorData, type CultivarErrorData } from '../contracts/errors';
import { stringifyJson } from '../library/json';

/** The exit codes of the command line (DESIGN section 9). */
export const exits = { done: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

/** A pipe that is closed (`| head`), or a terminal that is gone, ends the talk and not the run: what happens is in the library all the same. */
export function outliveClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    });
  }
}

/** stdout holds the answer and nothing else; everything on the way goes to stderr. */
export const say = (text: string) => void process.stderr.write(`${harmless(text)}\n`);
export const answer = (text: string) => void process.stdout.write(`${harmless(text)}\n`);
export const answerJson = (value: unknown) => void process.stdout.write(`${stringifyJson(value, 2)}\n`);

/** Names come from files of other people: what would steer a terminal is left out. */
// eslint-disable-next-line no-control-regex -- they are what is taken out
const harmless = (text: string) => text.replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '');

const badInput = new Set(['config-invalid', 'config-unreadable', 'usage', 'run-unknown', 'experiment-unknown', 'dataset-unknown', 'destination-exists', 'destination-unwritable', 'import-unreadable', 'dataset-in-use']);

/** What happened, what to do, and the command that does it. */
export const errorText = ({ message, remedy, command }: Pick<CultivarErrorData, 'message' | 'remedy' | 'command'>) =>
  [message, remedy, command && `  ${command}`].filter(Boolean).join('\n');

/** Tells an error in a sentence with what to do. @returns the exit code */
export function tellError(error: unknown, json: boolean): number {
  const data = toErrorData(error);
  if (json) answerJson({ error: data });
  say(errorText(data));
  if (data.detail && !(error instanceof CultivarError)) say(data.detail);
  return badInput.has(data.code) ? exits.badInput : exits.failed;
}

/** An older checkpoint was used than the last one: never in silence. */
export const tellPassedOver = (damaged: readonly CultivarErrorData[]) => damaged.forEach(({ message }) => say(`warning: ${message} The one before it is used.`));

export const usage = (message: string) => new CultivarError({ code: 'usage', message });

export const percent = (fraction: number) => `${(fraction * 100).toFixed(2)} %`;

/** "45 s", "3 min 08 s", "1 h 27 min" */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Columns of text, the first to the left, others to the right. */
export function table(given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map((cell) => harmless(cell.replace(/[\t\r\n]+/g, ' '))));
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ').trimEnd()).join('\n');
}
