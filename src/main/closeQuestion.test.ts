import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CloseQuestion } from './closeQuestion';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function asked(windowCan: boolean) {
  const effects = { askWindow: vi.fn(() => windowCan), askSystem: vi.fn(() => Promise.resolve('stop-at-checkpoint' as const)), answer: vi.fn(() => Promise.resolve()) };
  return { effects, question: new CloseQuestion(effects, 3000) };
}

test('a window that shows its question is waited for', async () => {
  const { effects, question } = asked(true);
  question.ask('r');
  question.shown();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(effects.askSystem).not.toHaveBeenCalled();
});

test('a window that hangs does not keep the app open: the system asks, once', async () => {
  const { effects, question } = asked(true);
  question.ask('r');
  question.ask('r');
  await vi.advanceTimersByTimeAsync(2999);
  expect(effects.askSystem).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(effects.askSystem).toHaveBeenCalledTimes(1);
  expect(effects.answer).toHaveBeenCalledWith('stop-at-checkpoint');
});

test('a window whose process has died is not asked', async () => {
  const { effects, question } = asked(false);
  question.ask('r');
  await vi.advanceTimersByTimeAsync(0);
  expect(effects.answer).toHaveBeenCalledWith('stop-at-checkpoint');
});
