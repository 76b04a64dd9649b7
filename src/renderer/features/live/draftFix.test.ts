import { expect, it } from 'vitest';
import { defaultRunConfig, runConfigSchema } from '../../../core/config/run';
import { draftFix } from './draftFix';

const config = { ...defaultRunConfig(), batchSize: 128 };

it('memory that ran out: the batch that the failure names, else half of it', () => {
  const named = draftFix('out-of-memory', 'Take a batch size of 48, which fits by estimate; "largest-batch" finds the largest by real steps.', config);
  expect(named).toMatchObject({ key: 'batch', value: 48, config: { batchSize: 48, microBatches: 1 } });
  expect(draftFix('out-of-memory', 'Take a smaller batch size', config)?.value).toBe(64);
  expect(draftFix('out-of-memory', '', { ...config, batchSize: 3 })).toBeNull();
});

it('a loss that is no number: a tenth of the learning rate, without digits of the division', () => {
  expect(draftFix('loss-not-finite', '', { ...config, schedule: { ...config.schedule, learningRate: 0.3 } })?.value).toBe(0.03);
});

it('every fix is a config that can be started, and changes nothing else', () => {
  for (const code of ['out-of-memory', 'loss-not-finite', 'precision-emulated', 'xla-slower'] as const) {
    const fix = draftFix(code, '', { ...config, precision: 'bfloat16', xla: true })!;
    expect(runConfigSchema.safeParse(fix.config).success, code).toBe(true);
  }
  for (const code of ['disk-full', 'trainer-crashed', 'internal'] as const) expect(draftFix(code, '', config)).toBeNull();
});
