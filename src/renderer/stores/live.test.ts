import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import type { IpcPush, IpcPushes } from '../../contracts/ipc';
import type { QueueState, RunRecord } from '../../contracts/runs';
import { defaultRunConfig } from '../../core/config/run';
import type { TrainerEvent } from '../../core/run/events';
import { replay } from '../../core/run/view';
import { useLive } from './live';

/** The outermost edge: main, as the window hears it. */
const listeners = new Map<string, (payload: never) => void>();
const push = <P extends IpcPush>(name: P, payload: IpcPushes[P]) => { (listeners.get(name) as ((payload: IpcPushes[P]) => void) | undefined)?.(payload); };
const noted = (step: number): TrainerEvent => ({ type: 'noted', atMs: step, step, text: `note ${step}` });
const queueOf = (activeRunId: string | null): QueueState => ({ activeRunId, activeRunIds: activeRunId === null ? [] : [activeRunId], waitingRunIds: [], paused: false, atOnce: 1, held: null });
let record: (value: TrainerEvent[]) => void;
let frames: (() => void)[];
let stopped: string[];

beforeEach(() => {
  setActivePinia(createPinia());
  listeners.clear();
  frames = [];
  stopped = [];
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', (handle: number) => { frames.splice(handle - 1, 1); });
  vi.stubGlobal('window', {
    cultivar: {
      on: (name: string, listener: (payload: never) => void) => { listeners.set(name, listener); return () => listeners.delete(name); },
      call: (name: string, id: string) => {
        if (name === 'runs.stop') { stopped.push(id); return Promise.resolve({ ok: false, error: { code: 'run-unknown', message: 'no such run' } }); }
        return new Promise((resolve) => {
          record = (events) => {
            const summary = { id, name: id, status: 'running', config: defaultRunConfig(), experimentId: null, createdAt: '', startedAt: null, endedAt: null, epochsDone: 0, step: 0, lastValidation: null, bestValidation: null, validationCurve: [], resumable: false, failure: null } as const;
            resolve({ ok: true, value: { summary, events, tornBytes: null, folder: '', test: null, weightsMissing: null } satisfies RunRecord });
          };
        });
      },
    },
  });
});

const notes = () => useLive().view.log.map((entry) => entry.atMs);
const runFrames = () => { frames.splice(0).forEach((frame) => { frame(); }); };
const settled = () => new Promise((resolve) => { setTimeout(resolve); });

it('joins the record with what was pushed while it was read, and applies a frame’s events at once', async () => {
  const live = useLive();
  live.subscribe();
  push('queue.changed', queueOf('a'));
  push('run.events', { runId: 'a', events: [noted(2), noted(3)] });
  push('run.events', { runId: 'other', events: [noted(99)] });
  runFrames();
  expect(notes()).toEqual([]);
  record([noted(1), noted(2)]);
  await settled();
  expect(notes()).toEqual([1, 2, 3]);
  push('run.events', { runId: 'a', events: [noted(4)] });
  push('run.events', { runId: 'a', events: [noted(5)] });
  expect(frames).toHaveLength(1);
  runFrames();
  expect(notes()).toEqual([1, 2, 3, 4, 5]);
});

it('lets a later reading take the place of an earlier one', async () => {
  const live = useLive();
  live.subscribe();
  push('queue.changed', queueOf('a'));
  const first = record;
  void live.follow('a');
  first([noted(1)]);
  await settled();
  push('run.events', { runId: 'a', events: [noted(2)] });
  runFrames();
  expect(notes()).toEqual([]);
  record([noted(1)]);
  await settled();
  expect(notes()).toEqual([1, 2]);
});

it('goes on without frames, as where the window is hidden after one was asked for', async () => {
  const live = useLive();
  live.subscribe();
  push('queue.changed', queueOf('a'));
  record([]);
  await settled();
  vi.useFakeTimers();
  push('run.events', { runId: 'a', events: [noted(1)] });
  await vi.advanceTimersByTimeAsync(1000);
  vi.useRealTimers();
  expect(notes()).toEqual([1]);
  expect(frames).toEqual([]);
});

it('has every step and epoch after an hour in a hidden window, as if it had been seen all along', async () => {
  const live = useLive();
  live.subscribe();
  push('queue.changed', queueOf('a'));
  record([]);
  await settled();
  vi.useFakeTimers();
  const hour: TrainerEvent[] = Array.from({ length: 3600 }, (_, second) => {
    const step = Array.from({ length: 10 }, (_one, i) => second * 10 + i + 1);
    return { type: 'steps', atMs: second * 1000, step, loss: step.map((n) => 1 / n), accuracy: step.map(() => 0.5), learningRate: step.map(() => 0.1), elapsedMs: step.map((n) => n * 100) };
  });
  // No frame comes: `frames` is never run. A hidden page's timers fire once a minute at worst, so as many seconds of events wait.
  for (let minute = 0; minute < 60; minute++) {
    for (const event of hour.slice(minute * 60, minute * 60 + 60)) push('run.events', { runId: 'a', events: [event] });
    await vi.advanceTimersByTimeAsync(60_000);
  }
  push('run.events', { runId: 'a', events: [noted(36_000)] });
  await vi.advanceTimersByTimeAsync(1000);
  vi.useRealTimers();
  const seen = replay([...hour, noted(36_000)]);
  expect(Array.from(live.view.steps.column('step'))).toEqual(Array.from({ length: 36_000 }, (_, i) => i + 1));
  expect(Array.from(live.view.steps.column('loss'))).toEqual(Array.from(seen.steps.column('loss')));
  expect(live.view.log).toEqual(seen.log);
});

it('takes back "stopping" where main refused to stop, and says why', async () => {
  const live = useLive();
  live.subscribe();
  push('queue.changed', queueOf('a'));
  record([]);
  await settled();
  const done = live.command('runs.stop', 'a');
  expect(live.stopping).toBe(true);
  await done;
  expect([live.stopping, live.error?.code, stopped]).toEqual([false, 'run-unknown', ['a']]);
});
