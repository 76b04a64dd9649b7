import { describe, expect, it } from 'vitest';
import * as format from './format';

describe('numbers', () => {
  it('has accuracies with two decimals and a spaced percent sign', () => {
    expect(format.percent(0.8653)).toBe('86.53 %');
    expect(format.percentNumber(1, 1)).toBe('100.0');
  });
  it('gives differences a true minus and always a sign', () => {
    expect(format.points(0.0172)).toBe('+1.72');
    expect(format.points(-0.003)).toBe('−0.30');
    expect(format.points(-0.00001)).toBe('0.00');
    expect(format.points(-0.108, 1)).toBe('−10.8');
  });
  it('never shows NaN', () => {
    for (const value of [Number.NaN, Infinity, null, undefined]) {
      expect([format.percent(value), format.points(value), format.loss(value), format.learningRate(value), format.bytes(value)]).toEqual(Array(5).fill('–'));
      expect(format.duration(value, 'en')).toBe('–');
    }
  });
  it('keeps four significant digits of a learning rate', () => {
    expect(format.learningRate(0.0292718)).toBe('0.02927');
    expect(format.learningRate(0.05)).toBe('0.05');
    expect(format.learningRate(0.00005)).toBe('5e−5');
    expect(format.learningRate(0)).toBe('0');
  });
  it('groups thousands', () => {
    expect(format.whole(45000)).toBe('45,000');
    expect(format.throughput(5180.4)).toBe('5,180');
    expect(format.throughput(6.66)).toBe('6.7');
  });
  it('counts bytes by powers of ten', () => {
    expect(format.bytes(38.2e9)).toBe('38.2 GB');
    expect(format.bytes(188e6)).toBe('188 MB');
    expect(format.bytes(999.9e6)).toBe('1.0 GB');
    expect(format.bytes(4200)).toBe('4 kB');
  });
});

describe('times', () => {
  it.each([
    [310, '0.31 s', '0.31秒'],
    [9_000, '9 s', '9秒'],
    [188_000, '3 min 08 s', '3分08秒'],
    [59_600, '1 min 00 s', '1分00秒'],
    [87 * 60_000, '1 h 27 min', '1時間27分'],
    [47 * 3_600_000, '47 h 00 min', '47時間00分'],
    [58 * 3_600_000, '2.4 days', '2.4日'],
  ])('says %d ms', (ms, en, ja) => {
    expect(format.duration(ms, 'en')).toBe(en);
    expect(format.duration(ms, 'ja')).toBe(ja);
  });
  it('estimates without false seconds', () => {
    expect(format.estimate(238_000, 'en')).toBe('4 min');
    expect(format.estimate(238_000, 'ja')).toBe('4分');
    expect(format.estimate(40_000, 'en')).toBe('40 s');
  });
  it('says when', () => {
    const now = new Date(2026, 10, 25, 17, 31).getTime();
    expect(format.when(new Date(2026, 10, 25, 14, 52).getTime(), now, 'en')).toBe('14:52');
    expect(format.when(new Date(2026, 10, 21, 9, 0).getTime(), now, 'en')).toBe('Sat');
    expect(format.when(new Date(2026, 10, 12, 9, 0).getTime(), now, 'en')).toBe('12 Nov');
    expect(format.when(new Date(2026, 10, 12, 9, 0).getTime(), now, 'ja')).toBe('11月12日');
  });
});

describe('losses', () => {
  it('are never shown as zero where they are not', () => {
    expect([0, 0.0012, 0.0005, 0.00042, 1.3e-7].map(format.loss)).toEqual(['0.000', '0.001', '0.001', '4.2e−4', '1.3e−7']);
    expect([0, 2.5, 0.1, 0.05, 0.001, 1e-6, 20_000, 3e8].map(format.lossTick)).toEqual(['0.0', '2.5', '0.1', '0.05', '1e−3', '1e−6', '20,000', '3e8']);
  });
});
