import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compare } from './compare';
import type { CommandContext } from '../command';
import type { RunConfigInput } from '../../core/config/run';
import type { Comparison } from '../../core/judgement/comparison';
import { parseExperiment } from '../../core/config/experiment';
import { createExperiment } from '../../library/experiments';
import { completeRun } from '../../../test/support/completedRun';
import { trainingLibrary, waitingRun } from '../../../test/support/trainingLibrary';

let library: string;
let printed: string;
beforeEach(async () => {
  library = await mkdtemp(join(tmpdir(), 'compare-'));
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => { printed += String(text); return true; });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(library, { recursive: true, force: true });
});

const run = (positionals: readonly string[], options: CommandContext['options'] = {}, json = false) => compare({ library, json, positionals, options });

/** The write-up's own comparison: an experiment of given results. */
async function writeUp(): Promise<string> {
  const given = {
    name: 'Write-up', question: 'Did the <augmentation> help?', factors: [{ field: 'augmentation', levels: ['none', 'crop-flip-trivialaugment'] }, { field: 'epochs', levels: [5, 20] }], seeds: [],
    given: [
      { levels: { augmentation: 'none', epochs: 5 }, validationAccuracy: 0.7939, trainAccuracy: 0.9271, source: 'the write-up' },
      { levels: { augmentation: 'crop-flip-trivialaugment', epochs: 20 }, validationAccuracy: 0.8334, trainAccuracy: 0.7337, source: 'the write-up' },
    ],
  };
  const parsed = parseExperiment(given);
  if (!parsed.ok) throw new Error('the experiment is wrong');
  return (await createExperiment(library, { name: given.name, question: given.question, given, arms: parsed.value.arms.map(({ key, levels }) => ({ key, levels, runIds: [], seeds: [] })) })).id;
}

describe('compare', () => {
  it('says what cannot be said, offers the four arms, and gives the same as JSON', async () => {
    const id = await writeUp();
    expect(await run([id])).toBe(0);
    expect(printed).toMatch(/Did the <augmentation> help\?\n\nThis comparison cannot say what helped: augmentation and epochs changed at once\./);
    expect(printed.match(/to add: /g)).toHaveLength(4);
    expect(printed).toContain('1 given');
    expect(printed).toContain('The test set was not opened.');
    expect(printed).not.toMatch(/undefined|NaN|null/);
    printed = '';
    expect(await run([id], { margin: '1.5' }, true)).toBe(0);
    const comparison = JSON.parse(printed) as Comparison;
    expect(comparison).toMatchObject({ schemaVersion: 1, marginPoints: 1.5, answer: { kind: 'confounded', fields: ['augmentation', 'epochs'] } });
    expect(comparison.caveats.map(({ kind }) => kind)).toContain('starting-weights-suspected');
  });

  it('says how many runs are there, and no word, while others of the plan are awaited', async () => {
    trainingLibrary(library);
    const given = { name: 'Waiting', question: '', base: { data: { dataset: 'dots', trainImages: 64, validationImages: 30 }, model: { architecture: 'resnet18' }, epochs: 1, batchSize: 16 }, factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }], seeds: [1, 2, 3] };
    const arms = await Promise.all(['none', 'crop-flip'].map(async (augmentation) => ({
      key: `augmentation ${augmentation}`, levels: { augmentation }, seeds: given.seeds, runIds: await Promise.all(given.seeds.map((seed) => waitingRun(library, { ...given.base, augmentation, seed, schedule: { warmupEpochs: 0 } } as RunConfigInput))),
    })));
    for (const [i, arm] of arms.entries()) for (const [j, runId] of arm.runIds.slice(0, 2).entries()) await completeRun(library, runId, 0.5 + i / 10 + j / 100);
    const { id } = await createExperiment(library, { name: given.name, question: '', given, arms });
    expect(await run([id])).toBe(0);
    expect(printed).toContain('Running, 4 of 6 runs are there');
    expect(printed).toMatch(/crop \+ flip vs none +2 +\+10\.\d\d .* provisional\n/);
    expect(printed).not.toContain('too few seeds');
  });

  it('an experiment among other runs stands for those that are still there, and says how many are not', async () => {
    trainingLibrary(library);
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const config = (seed: number, augmentation: 'none' | 'crop-flip'): RunConfigInput => ({ data: { dataset: 'dots', trainImages: 64, validationImages: 30 }, model: { architecture: 'resnet18' }, epochs: 1, batchSize: 16, schedule: { warmupEpochs: 0 }, augmentation, seed });
    const [one, gone, other] = await Promise.all([waitingRun(library, config(1, 'none')), waitingRun(library, config(2, 'none')), waitingRun(library, config(1, 'crop-flip'))]);
    for (const runId of [one!, other!]) await completeRun(library, runId, 0.5);
    const { id } = await createExperiment(library, { name: 'Part', question: '', given: { name: 'Part', factors: [], seeds: [1, 2] }, arms: [{ key: '', levels: {}, seeds: [1, 2], runIds: [one!, gone!] }] });
    await rm(join(library, 'runs', gone!), { recursive: true });
    expect(await run([id, other!])).toBe(0);
    expect(printed).toMatch(/none +1 +50\.00/);
    expect(told.mock.calls.join('')).toContain(`1 of the 2 runs of ${id} are no longer in the library`);
  });

  it('takes no option of a table where none is named', async () => {
    for (const options of [{ format: 'csv' }, { out: 'x.csv' }, { language: 'ja' }, { force: true }]) await expect(run(['x'], options)).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(/^--\w+ belongs to --table: name a table, one of arms, contrasts, /) as string });
  });

  it('refuses what it cannot compare', async () => {
    await expect(run([])).rejects.toMatchObject({ code: 'usage' });
    await expect(run(['no-such-run'])).rejects.toMatchObject({ code: 'run-unknown' });
    for (const margin of ['', 'much', '-1', '101', 'NaN']) await expect(run(['x'], { margin })).rejects.toMatchObject({ code: 'usage' });
  });
});
