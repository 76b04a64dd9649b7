import { describe, expect, it } from 'vitest';
import { CounterRandom } from '../random/philox';
import { fairBinomialLowerP, fUpperP, noncentralTUpperP, normalCriticalValue, tCriticalValue, tTwoSidedP, tUpperP } from './distributions';

const near = (value: number, expected: number, tolerance = 1e-12) => expect(Math.abs(value / expected - 1)).toBeLessThan(tolerance);

describe('distributions', () => {
  it('gives the tables\' critical values', () => {
    near(normalCriticalValue(0.95), 1.959963984540054);
    near(tCriticalValue(0.95, 1), Math.tan(Math.PI * 0.475));
    near(tCriticalValue(0.95, 4), 2.7764451051977987);
  });

  it('has Student\'s closed forms with one and two degrees of freedom, in the tails too', () => {
    for (const t of [1e-3, 0.5, 3, 1e4, 1e8]) {
      near(tTwoSidedP(t, 1), (2 / Math.PI) * Math.atan(1 / t));
      near(tTwoSidedP(t, 2), 2 / (Math.sqrt(2 + t * t) * (Math.sqrt(2 + t * t) + t)));
    }
    near(tUpperP(-2, 5) + tUpperP(2, 5), 1);
  });

  it('inverts', () => {
    for (const df of [1, 2.5, 9, 400]) for (const level of [0.5, 0.9, 0.999, 1 - 1e-9]) near(tTwoSidedP(tCriticalValue(level, df), df), 1 - level, 1e-11);
  });

  it('has F with one degree of freedom as t squared, and the binomial as its sum', () => {
    near(fUpperP(6.25, 1, 7), tTwoSidedP(2.5, 7));
    near(fairBinomialLowerP(2, 10), (1 + 10 + 45) / 1024);
  });

  it('has the noncentral t as the central one without noncentrality, and as what a simulation draws with it', () => {
    for (const df of [1, 3.5, 60, 5000]) near(noncentralTUpperP(1.7, df, 0), tUpperP(1.7, df), 1e-11);
    const random = new CounterRandom(3, 'noncentral t');
    let beyond = 0;
    for (let i = 0; i < 50000; i++) {
      const z = random.normal() + 2;
      const s = Math.hypot(random.normal(), random.normal(), random.normal()) / Math.sqrt(3);
      if (z / s >= 2.5) beyond++;
    }
    expect(Math.abs(beyond / 50000 - noncentralTUpperP(2.5, 3, 2))).toBeLessThan(0.009);
  });

  it('refuses levels that are none', () => {
    for (const level of [0, 1, 95, Number.NaN]) expect(() => tCriticalValue(level, 3)).toThrow(RangeError);
  });
});
