import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { programFile } from '../../system/programFile';
import type { DecodeBatch, DecodeOutcome, DecoderMessage, DecodeSource } from './protocol';

/** Decoders at once: all cores, up to so many. */
const most = 16;

/** Processes that decode image files. One that ends or hangs costs the file that it had, and a new one takes its place. */
export class DecoderPool {
  private readonly free: Decoder[] = [];
  private readonly waiting: ((decoder: Decoder) => void)[] = [];
  private started = 0;
  private closed = false;

  constructor(private readonly imageMs: number, readonly size = Math.min(most, availableParallelism())) {}

  /** In the order of the sources. */
  async decode(batch: DecodeBatch): Promise<DecodeOutcome[]> {
    const outcomes = await this.attempt(batch);
    if (outcomes !== null && typeof outcomes !== 'string') return outcomes;
    if (batch.sources.length === 1) return [outcomes === 'hung' ? { reason: 'decoder-hung', message: `it took longer than ${this.imageMs / 1000} s to decode` } : { reason: 'decoder-crashed', message: 'it ended the process that decoded it' }];
    // One of them did it: each by itself tells which.
    const found: DecodeOutcome[] = [];
    for (const source of batch.sources) found.push(...await this.decode({ ...batch, sources: [source] }));
    return found;
  }

  decodeOne(source: DecodeSource, how: Omit<DecodeBatch, 'sources'>): Promise<DecodeOutcome> {
    return this.decode({ ...how, sources: [source] }).then(([outcome]) => outcome!);
  }

  private async attempt(batch: DecodeBatch): Promise<DecodeOutcome[] | 'crashed' | 'hung'> {
    const decoder = await this.take();
    const outcome = await decoder.run(batch, this.imageMs);
    if (typeof outcome === 'string') {
      decoder.end();
      this.started -= 1;
      const next = this.waiting.shift();
      if (next && !this.closed) next(this.start());
    } else this.give(decoder);
    return outcome;
  }

  private take(): Promise<Decoder> {
    const decoder = this.free.pop();
    if (decoder) return Promise.resolve(decoder);
    if (this.started < this.size) return Promise.resolve(this.start());
    return new Promise((resolve) => { this.waiting.push(resolve); });
  }

  private start(): Decoder {
    this.started += 1;
    return new Decoder();
  }

  private give(decoder: Decoder): void {
    const next = this.waiting.shift();
    if (this.closed) decoder.end();
    else if (next) next(decoder);
    else this.free.push(decoder);
  }

  close(): void {
    this.closed = true;
    for (const decoder of this.free.splice(0)) decoder.end();
  }
}

class Decoder {
  private readonly child: ChildProcess;
  private gone = false;
  private settle: ((outcome: DecodeOutcome[] | 'crashed' | 'hung') => void) | null = null;
  private readonly ready: Promise<void>;

  constructor() {
    const { file, execArgv } = programFile(import.meta.url, './process.ts', 'decoder');
    // A child of Electron is Electron; this makes it the Node inside.
    const env = { ...process.env, ...(process.versions['electron'] && { ELECTRON_RUN_AS_NODE: '1' }) };
    this.child = fork(file, [], { env, execArgv, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    let started: () => void = () => undefined;
    this.ready = new Promise((resolve) => { started = resolve; });
    this.child.on('message', (message: DecoderMessage) => {
      if (message === 'ready') started();
      else this.settle?.(message);
    });
    const ended = () => {
      this.gone = true;
      started();
      this.settle?.('crashed');
    };
    this.child.on('error', ended);
    this.child.on('exit', ended);
  }

  async run(batch: DecodeBatch, imageMs: number): Promise<DecodeOutcome[] | 'crashed' | 'hung'> {
    await this.ready;
    if (this.gone) return 'crashed';
    return new Promise((resolve) => {
      const timer = setTimeout(() => { this.settle?.('hung'); }, imageMs);
      this.settle = (outcome) => {
        clearTimeout(timer);
        this.settle = null;
        resolve(outcome);
      };
      this.child.send(batch, (error) => { if (error) this.settle?.('crashed'); });
    });
  }

  end(): void {
    this.gone = true;
    this.child.kill('SIGKILL');
  }
}
