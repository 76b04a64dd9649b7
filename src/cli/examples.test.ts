import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseExperiment } from '../core/config/experiment';
import { fastPreset } from '../core/config/fastPreset';
import { studentComparison } from '../core/config/studentComparison';
import { parseWith } from '../core/config/problems';
import { runConfigSchema } from '../core/config/run';
import { asTrainerEvent } from '../core/run/events';

const docs = (name: string) => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');
const example = (name: string) => JSON.parse(docs(`examples/${name}`)) as unknown;

it('the documented run config is whole: nothing is left to a default', () => {
  const run = example('run.json');
  expect(parseWith(runConfigSchema, run)).toEqual({ ok: true, value: run });
});

it('the preset of the fast network is the one that the window offers', () => {
  expect(example('fast-94.json')).toEqual(fastPreset());
  expect(parseWith(runConfigSchema, fastPreset('float32'))).toMatchObject({ ok: true, value: { precision: 'float32' } });
});

it('the documented experiment has the arms and runs that it says', () => {
  const parsed = parseExperiment(example('experiment.json'));
  expect(parsed.ok && parsed.value.arms.map(({ runs }) => runs.length)).toEqual([5, 5, 5, 5]);
});

it('the write-up\'s comparison is the one that the app adds; it has four arms and no run', () => {
  expect(example('student-comparison.json')).toEqual(studentComparison);
  const parsed = parseExperiment(studentComparison);
  expect(parsed.ok && parsed.value.arms.map(({ runs }) => runs.length)).toEqual([0, 0, 0, 0]);
});

it('the documented events are the vocabulary', () => {
  const table = docs('formats.md').split('## Events')[1]!.split('\n##')[0]!;
  const types = [...table.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, names]) => [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => name!));
  expect(types.length).toBe(13);
  for (const type of types) expect(asTrainerEvent({ type, atMs: 0 })).toMatchObject({ type });
});
