import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { finite, type Contestant } from './contestants';

/** A contestant in a process of its own, which does one unit of work for every line it is sent and answers with its result and the processor time, in seconds, that it has taken so far. */
export interface ProcessContestant extends Contestant {
  /** What it says of itself once it is ready. */
  readonly greeting: string;
}

/**
 * Starts the process and waits for its "ready …".
 * @throws Error with what it wrote on stderr, where it ends before
 */
export async function processContestant(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<ProcessContestant> {
  const child = spawn(command, [...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (part: Buffer) => { complaints = (complaints + part.toString()).slice(-4000); });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ${args.join(' ')} ended:\n${complaints}`);
    return value;
  };
  let greeting = await answer();
  while (!greeting.startsWith('ready')) greeting = await answer();
  let processorMs = 0;
  return {
    processorMs: () => processorMs,
    greeting: greeting.slice('ready '.length),
    run: async () => {
      child.stdin.write('\n');
      const [result, seconds] = (await answer()).split(' ').map(Number) as [number, number];
      processorMs = seconds * 1000;
      return finite(result);
    },
    close: () => { child.kill(); },
  };
}
