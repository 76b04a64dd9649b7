import { expect, test } from 'vitest';
import { capabilitySupport, compareVersions, judgeDriver } from './driverRequirement';

test.each([
  ['535.183.01', '8.9', 'ok', '525'],
  ['525', '8.6', 'ok', '525'],
  ['470.256.02', '7.5', 'too-old', '525'],
  ['550.120', '9.0', 'too-old', '555'],
  ['555.42.06', '9.0', 'ok', '555'],
  ['565.57.01', '12.0', 'too-old', '570.26'],
  ['570.86.15', '12.0', 'ok', '570.26'],
  ['470.256', null, 'too-old', '525'],
  [null, '8.9', 'not-known', '525'],
  ['[N/A]', '8.9', 'not-known', '525'],
])('driver %s for capability %s: %s', (version, capability, state, needed) => {
  expect(judgeDriver(version, capability)).toEqual({ state, needed });
});

test('versions are compared as numbers', () => {
  expect(compareVersions('570.9', '570.26')).toBeLessThan(0);
  expect(compareVersions('570.26.0', '570.26')).toBe(0);
});

test('cards without code are known before anything is loaded', () => {
  expect(['5.2', '6.1', '8.9', '9.0', '12.0', null].map(capabilitySupport)).toEqual(['unsupported', 'native', 'native', 'native', 'experimental', 'not-known']);
});
