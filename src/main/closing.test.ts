import { expect, it } from 'vitest';
import { Closing } from './closing';

function setUp(active: string | null, visible = true) {
  const log: string[] = [];
  const state = { active, visible };
  let stopped = () => { /* set below */ };
  const closing: Closing = new Closing({
    activeRunId: () => state.active,
    windowVisible: () => state.visible,
    ask: (runId) => { log.push(`ask ${runId}`); },
    hideWindow: () => { log.push('hide'); state.visible = false; },
    shutDown: () => new Promise((resolve) => { log.push('stop'); stopped = () => { state.active = null; resolve(); }; }),
    quit: () => { log.push('quit'); },
  });
  const event = () => {
    const seen = { prevented: false, preventDefault: () => { seen.prevented = true; } };
    return seen;
  };
  const close = () => { const seen = event(); closing.windowCloses(seen); return seen.prevented; };
  const quit = () => { const seen = event(); closing.appQuits(seen); return seen.prevented; };
  return { closing, log, state, close, quit, stop: () => { stopped(); } };
}

const settled = () => new Promise((resolve) => { setImmediate(resolve); });

it('closes at once where nothing trains, after letting go of the library', async () => {
  const { log, close, quit, stop } = setUp(null);
  expect(close()).toBe(false);
  expect(quit()).toBe(true);
  stop();
  await settled();
  expect(log).toEqual(['stop', 'quit']);
  expect(quit()).toBe(false);
});

it('asks while a run trains, and cancel changes nothing', async () => {
  const { closing, log, close, quit } = setUp('run');
  expect(close()).toBe(true);
  await closing.answer('cancel');
  expect(quit()).toBe(true);
  expect(log).toEqual(['ask run', 'ask run']);
});

it('keeps training in the background and ends after the last run', async () => {
  const { closing, log, state, close, stop } = setUp('run');
  close();
  await closing.answer('keep-training');
  expect(log).toEqual(['ask run', 'hide']);
  state.active = null;
  const leaving = closing.trainingEnded();
  stop();
  await leaving;
  expect(log).toEqual(['ask run', 'hide', 'stop', 'quit']);
});

it('stays open after a second start, also when the training ends', async () => {
  const { closing, log, state, close } = setUp('run');
  close();
  await closing.answer('keep-training');
  closing.reopened();
  state.active = null;
  await closing.trainingEnded();
  expect(log).toEqual(['ask run', 'hide']);
});

it('stops once, waits for the run and lets the window go', async () => {
  const { closing, log, close, quit, stop } = setUp('run');
  close();
  const leaving = closing.answer('stop-at-checkpoint');
  expect(close()).toBe(true);
  expect(quit()).toBe(true);
  expect(log).toEqual(['ask run', 'stop']);
  stop();
  await leaving;
  expect(log).toEqual(['ask run', 'stop', 'quit']);
  expect([close(), quit()]).toEqual([false, false]);
});

it('quits without a question where no window could show it', async () => {
  const { log, quit, stop } = setUp('run', false);
  expect(quit()).toBe(true);
  stop();
  await settled();
  expect(log).toEqual(['stop', 'quit']);
});
