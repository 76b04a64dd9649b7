import { expect, test } from 'vitest';
import type { DoctorReport } from './doctor';
import { doctorDiagnostics, doctorText } from './doctorText';

const report: DoctorReport = {
  schemaVersion: 1, checkedAt: '2026-11-25T00:00:00.000Z', durationMs: 1, ok: false,
  device: { kind: 'cpu', name: 'Intel Xeon, 2 cores', gpuNotUsed: 'the driver is not loaded' }, gpuAwaited: true, gpus: [],
  checks: [
    { id: 'platform', state: 'passed', titleKey: 'doctor.check.platform', value: 'Linux x64', note: 'Node 20' },
    { id: 'library', state: 'failed', titleKey: 'doctor.check.library', value: 'no', note: '/home/花子/data', error: { code: 'library-read-only', message: 'Read only.', remedy: 'Choose another.', command: 'df -h /root/x' } },
  ],
  versions: { cultivar: '0.1.0', node: '20.20.2', electron: null, tensorflow: '2.21.0', librarySchema: 1 },
};

test('what is wrong stands with its command; nobody\'s name does', () => {
  expect(doctorText(report).split('\n')).toEqual([
    'ok    Platform        Linux x64  (Node 20)',
    'FAIL  Library         no  (~/data)',
    '                      Read only.',
    '                      Choose another.',
    '                      $ df -h ~/x',
    '',
    'Training runs on: Intel Xeon, 2 cores (CPU). The GPU is NOT used: the driver is not loaded',
    'Runs that leave their device open wait for the GPU in the window, unless the CPU is chosen there meanwhile; commands train on the CPU, and say so.',
    '1 failed, 1 passed. Cultivar 0.1.0, TensorFlow 2.21.0, Node 20.20.2; 2026-11-25T00:00:00.000Z',
    '',
  ]);
});

test('what is copied names nobody either, in details too', () => {
  const text = doctorDiagnostics({ ...report, checks: report.checks.map((check) => (check.error ? { ...check, error: { ...check.error, detail: 'at /home/taro/x.ts:3\nof /Users/花子/y' } } : check)) });
  expect(text).toContain('    at ~/x.ts:3\n    of ~/y');
  expect(text).not.toMatch(/taro|花子/);
});
