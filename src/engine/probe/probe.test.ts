import { expect, it } from 'vitest';
import { probe, probeFailure } from './probe';

it('the test step runs here and agrees with plain TypeScript', async () => {
  const report = await probe();
  expect(report).toMatchObject({ ok: true, device: 'cpu', tensorflowVersion: expect.stringMatching(/^2\./) });
  expect(report.deviation).toBeLessThan(2e-5);
  expect(report.deviation).toBeGreaterThan(0); // float32 against double: equal would mean that nothing was compared
  expect(probeFailure(report)).toBeNull();
  expect(probeFailure({ ...report, ok: false, deviation: 0.5 })).toMatchObject({ code: 'probe-failed', message: expect.stringContaining('0.5') });
});
