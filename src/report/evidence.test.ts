import { expect, it } from 'vitest';
import { sampleComparison } from '../core/figures/testing/sample';
import { evidenceOf } from './evidence';
import { renderReport } from './renderReport';
import { sampleReport } from './testing';

const predicted = { classes: ['cat', 'dog'], labels: Uint8Array.from([0, 0, 1, 1]), probabilities: Float32Array.from([0.9, 0.1, 0.2, 0.8, 0.3, 0.7, 0.4, 0.6]) };
const comparison = sampleComparison();
const data = sampleReport({}, comparison);
const evidence = evidenceOf(data, new Map(data.runs.map(({ id }) => [id, predicted])));

/** Every number of a document, and half the width of every interval. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const half = 'low' in value && 'high' in value ? [((value.high as number) - (value.low as number)) / 2] : [];
  return [...half, ...Object.values(value).flatMap(numbersOf)];
}

/** Numbers with decimals or of three digits that a reader of the page sees: not those of drawings, files, names, hashes, versions, dates and "< 0.001". */
const seen = (html: string) => [...html.slice(html.indexOf('<body')).replace(/<(svg|pre|code)[\s\S]*?<\/\1>/g, ' ').replace(/<footer[\s\S]*/, '').replace(/<[^>]+>/g, ' ')
  .replace(/&lt;\s?\d+\.\d+|\d+\.\d+\.\d+|\b20\d\d(?!\d)/g, ' ').replace(/(\d),(?=\d{3})/g, '$1').matchAll(/(?<![\w-])(\d+\.\d+|\d{3,6})(?![\w-])/g)].map(([text]) => text);

function missing(shown: readonly string[], document: unknown): string[] {
  const known = numbersOf(document).flatMap((one) => [1, 100, 1e-3].map((unit) => Math.abs(one * unit)));
  return [...new Set(shown)].filter((text) => { const digits = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0; return !known.some((one) => one.toFixed(digits) === text || (one + 1e-12).toFixed(digits) === text); });
}

it.each(['en', 'ja'] as const)('holds every number that the report shows (%s)', (locale) => {
  const shown = seen(renderReport({ ...data, locale }));
  expect(shown.length).toBeGreaterThan(150);
  expect(missing(shown, { ...comparison, evidence })).toEqual([]);
  expect(missing(shown, comparison), 'the judgement alone has not all of them').not.toEqual([]);
});

it('has a reading of each run that agrees with its arm’s, and no pictures', () => {
  if ('missing' in evidence.predictions) throw new Error('the sample has predictions');
  const { runs, arms, worst } = evidence.predictions;
  expect(runs.map(({ runId }) => runId)).toEqual(data.runs.map(({ id }) => id));
  for (const one of runs) {
    const arm = arms.find(({ key }) => key === one.armKey)!;
    expect(one).toMatchObject({ images: 4, right: 3, confusion: arm.confusion, expectedCalibrationError: expect.closeTo(arm.expectedCalibrationError, 6) as number, overconfidence: expect.closeTo(arm.overconfidence, 6) as number });
    expect(one.perClass.map(({ recall }) => recall)).toEqual(arm.recall);
  }
  expect(worst?.images).toEqual([{ index: 3, label: 'cat', answer: 'dog', confidence: 0.8, confidenceInLabel: 0.2 }]);
  expect(JSON.stringify(evidence)).not.toContain('data:image');
});
