import { beforeEach, expect, it } from 'vitest';
import type { RunSummary } from '../contracts/runs';
import { defaultRunConfig } from '../core/config/run';
import type { StartedEvent, TrainerEvent } from '../core/run/events';
import { Attention, type Desktop } from './attention';
import { wordsIn } from './words';

/** The outermost edge: the desktop, which only keeps what it is told. */
let awake = 0;
let bar: [number | null, string][];
let told: { title: string; body: string; click: () => void }[];
let went: string[];
let focused: boolean;
let choices: { notifications: boolean; preventSleep: boolean };
let attention: Attention;

beforeEach(() => {
  [awake, bar, told, went, focused, choices] = [0, [], [], [], false, { notifications: true, preventSleep: true }];
  const desktop: Desktop = {
    preventSleep: () => { awake += 1; return () => { awake -= 1; }; },
    setProgress: (part, mode) => { bar.push([part, mode]); },
    notify: (text, click) => { told.push({ ...text, click }); },
    windowFocused: () => focused,
    show: (route) => { went.push(route); },
  };
  attention = new Attention(desktop, () => choices, () => wordsIn('en', 'en'));
});

const started = (totalSteps: number) => ({ type: 'started', atMs: 0, totalSteps, stepsPerEpoch: 10, epochs: totalSteps / 10 }) as StartedEvent;
const steps = (...step: number[]): TrainerEvent => ({ type: 'steps', atMs: 0, step, loss: step, accuracy: step, learningRate: step, elapsedMs: step });
const ended: TrainerEvent = { type: 'ended', atMs: 0, outcome: 'completed', exit: { code: 0, signal: null }, error: null };
const run = (change: Partial<RunSummary>): RunSummary => ({
  id: 'r', name: 'First try', status: 'completed', config: defaultRunConfig(), experimentId: null, createdAt: '', startedAt: null, endedAt: null, epochsDone: 1, step: 1,
  lastValidation: { accuracy: 0.8312, epoch: 1 }, bestValidation: null, validationCurve: [], resumable: false, failure: null, ...change,
} as RunSummary);

it('keeps the computer awake while a run trains: not while it is paused, not after its end, and not where the person does not want it', () => {
  attention.queueChanged(['a'], false);
  expect(awake).toBe(1);
  attention.queueChanged(['a', 'b'], false);
  expect(awake).toBe(1);
  attention.events('a', [{ type: 'paused', atMs: 0, step: 1 }]);
  expect(awake).toBe(1);
  attention.events('b', [{ type: 'paused', atMs: 0, step: 1 }]);
  expect(awake).toBe(0);
  attention.events('b', [{ type: 'continued', atMs: 0, step: 1 }]);
  expect(awake).toBe(1);
  choices = { ...choices, preventSleep: false };
  attention.update();
  expect(awake).toBe(0);
  choices = { ...choices, preventSleep: true };
  attention.update();
  expect(awake).toBe(1);
  attention.queueChanged([], false);
  expect(awake).toBe(0);
});

it('shows the progress of what trains in the task bar, of several as their mean, and takes it away', () => {
  attention.queueChanged(['a'], false);
  attention.events('a', [started(100), steps(1, 2, 25)]);
  attention.events('a', [steps(25)]);
  attention.queueChanged(['a', 'b'], false);
  attention.events('b', [started(100), steps(75)]);
  attention.events('a', [{ type: 'paused', atMs: 0, step: 25 }]);
  attention.queueChanged(['b'], false);
  attention.events('b', [{ type: 'paused', atMs: 0, step: 75 }]);
  attention.queueChanged([], false);
  expect(bar).toEqual([[0.25, 'normal'], [0.5, 'normal'], [0.75, 'normal'], [0.75, 'paused'], [null, 'paused']]);
});

it('notifies once of a run that ended unseen; a click leads to it', () => {
  attention.queueChanged(['r'], false);
  attention.events('r', [ended]);
  for (let i = 0; i < 2; i++) attention.runChanged(run({})); // main hears of an end more than once
  expect(told).toMatchObject([{ title: 'First try is done', body: 'Validation accuracy 83.12 %' }]);
  told[0]!.click();
  expect(went).toEqual(['/runs/r']);
});

it('tells of failures, also within an experiment, and of its runs that went well only once all are over', () => {
  for (const [id, change] of [['a', { experimentId: 'e' }], ['b', { experimentId: 'e', status: 'failed', lastValidation: null }]] as const) {
    attention.events(id, [ended]);
    attention.runChanged(run({ id, ...change }));
  }
  attention.experimentEnded({ id: 'e', name: 'Does flipping help?', completed: 3, failed: 1 });
  expect(told.map(({ title, body }) => [title, body])).toEqual([
    ['First try has failed', 'No epoch was finished.'], ['Does flipping help?: no run is awaited any more', '3 finished, 1 failed.'],
  ]);
  told[1]!.click();
  expect(went).toEqual(['/experiments/e/answer']);
});

it('is silent about what the person sees, asked for or does not want to hear of, and about runs of earlier sittings', () => {
  attention.runChanged(run({ id: 'old' }));
  attention.events('a', [ended]);
  attention.runChanged(run({ id: 'a', status: 'stopped' }));
  focused = true;
  attention.events('b', [ended]);
  attention.runChanged(run({ id: 'b' }));
  focused = false;
  choices = { ...choices, notifications: false };
  attention.events('c', [ended]);
  attention.runChanged(run({ id: 'c' }));
  attention.importEnded('Leaves', 'completed', 1200, '/datasets/leaves/card');
  expect(told).toEqual([]);
});

it('tells of exports and audits, and what came of them', () => {
  for (const outcome of ['completed', 'unlike', 'failed'] as const) attention.exportEnded('r', 'First try', outcome);
  for (const pairs of [1, 0, null]) attention.auditEnded('Leaves', pairs, '/datasets/leaves/audit');
  expect(told.map(({ title, body }) => `${title}. ${body}`)).toEqual([
    'The export of First try has ended. Same answers as the trained model.', 'The export of First try has ended. It did not pass the check against the trained model.',
    'The export of First try has failed. Nothing of it was left.', 'Leaves is audited. 1 pair of duplicates', 'Leaves is audited. No duplicates were found.', 'The audit of Leaves has failed. The data set is as it was before.',
  ]);
  for (const { click } of told) click();
  expect([went[0], went.at(-1)]).toEqual(['/runs/r', '/datasets/leaves/audit']);
});

it('tells of an import, and once of a queue that waits for a person', () => {
  attention.importEnded('Leaves', 'completed', 1200, '/datasets/leaves/card');
  attention.queueChanged([], true);
  attention.queueChanged([], true);
  expect(told.map(({ title }) => title)).toEqual(['Leaves is imported', 'The queue is held']);
});

it('the app waits for what may still be told', async () => {
  let finish = () => {};
  attention.waitFor(new Promise<void>((resolve) => { finish = resolve; }).then(() => { attention.experimentEnded({ id: 'e', name: 'E', completed: 1, failed: 0 }); }));
  attention.waitFor(Promise.reject(new Error('told elsewhere')));
  const over = attention.told();
  finish();
  await over;
  expect(told).toHaveLength(1);
});
