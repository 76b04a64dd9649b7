import { afterEach, expect, it, vi } from 'vitest';
import type { CultivarErrorData } from '../contracts/errors';
import { TrainingProgress } from './progress';
import { tellSlow } from './slowPrecision';

afterEach(() => { vi.restoreAllMocks(); });

it('what was said of this computer before the start is not said again by each run; another warning is', () => {
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const slow: CultivarErrorData = { code: 'precision-emulated', message: 'bfloat16 is emulated here.', remedy: 'Take float32.' };
  tellSlow(slow);
  const progress = new TrainingProgress();
  for (const error of [slow, slow, { ...slow, message: 'Memory is short.' }]) progress.events([{ type: 'warned', atMs: 0, error }]);
  expect(written.filter((text) => text.includes('warning'))).toEqual([
    'warning: bfloat16 is emulated here. Take float32.\n', expect.stringContaining('warning: Memory is short.\n') as string,
  ]);
});
