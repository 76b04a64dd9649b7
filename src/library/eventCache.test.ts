import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { waitingRun, trainingLibrary } from '../../test/support/trainingLibrary';
import { CounterRandom } from '../core/random/philox';
import type { EpochEvent, TrainerEvent } from '../core/run/events';
import { applyEvent, emptyView, replay, type RunView } from '../core/run/view';
import { fromColumns, toColumns } from './eventColumns';
import { parseEventLines } from './eventLines';
import { readEvents } from './events';
import { stringifyJson } from './json';
import { eventsFile } from './runs';

/** A run as it is written: steps with rates between, epochs, resumes that drop what came after, losses that broke down. */
function written(seed: number, lines: number, stepsALine: number): TrainerEvent[] {
  const random = new CounterRandom(seed, 'events', 0);
  const score = { loss: 1, accuracy: 0.5, images: 2 };
  let [step, elapsedMs] = [0, 0];
  return Array.from({ length: lines }, (_, atMs): TrainerEvent => {
    const draw = random.float();
    if (draw < 0.2) return { type: 'rate', atMs, step, imagesPerSecond: 1000 * random.float(), inputWaitFraction: 0, remainingMs: elapsedMs, residentBytes: atMs };
    if (draw < 0.22) return { type: 'epoch', atMs, epoch: atMs, step, train: score, plainTrain: score, validation: score, trainMs: 1, evaluateMs: 1, imagesPerSecond: 1, elapsedMs } satisfies EpochEvent;
    if (draw < 0.23) return { type: 'resumed', atMs, step: (step = Math.max(0, step - 7)) };
    const count = 1 + Math.floor(random.float() * 2 * stepsALine);
    const column = (value: () => number) => Array.from({ length: count }, value);
    return { type: 'steps', atMs, step: column(() => ++step), loss: column(() => (random.float() < 0.01 ? NaN : random.float())), accuracy: column(() => Math.fround(random.float())), learningRate: column(() => random.float()), elapsedMs: column(() => (elapsedMs += random.float())) };
  });
}
/** Of columns their hash: comparing a million numbers one by one takes a while. */
const shown = ({ steps, rates, ...view }: RunView) => {
  const hash = (column: Float64Array) => createHash('sha256').update(column).digest('hex');
  return {
    ...view, count: [steps.length, rates.length],
    steps: (['step', 'loss', 'accuracy', 'learningRate', 'elapsedMs'] as const).map((name) => hash(steps.column(name))),
    rates: (['step', 'imagesPerSecond', 'inputWaitFraction', 'residentBytes'] as const).map((name) => hash(rates.column(name))),
  };
};

test.each([1, 2, 3])('as columns events show the same run, %i', (seed) => {
  const events = written(seed, 400, 5);
  const short = fromColumns(toColumns(events));
  expect(short.filter(({ type }) => type === 'steps').length).toBeLessThan(events.filter(({ type }) => type === 'steps').length / 3);
  expect(shown(replay(short))).toEqual(shown(replay(events)));
  // The live view goes event by event.
  expect(shown(events.reduce(applyEvent, emptyView))).toEqual(shown(replay(events)));
  expect(fromColumns(toColumns(short))).toEqual(short);
  expect(() => toColumns([{ type: 'steps', atMs: 1, step: [1, 2], loss: [1], accuracy: [1, 1], learningRate: [1, 1], elapsedMs: [1, 1] }])).toThrow(RangeError);
});

test('a long run is read from columns the second time, unless its file has changed', async () => {
  const library = trainingLibrary(tempFolder());
  const id = await waitingRun(library);
  const [path, cache] = [eventsFile(library, id), join(library, 'index', 'points', `${id}.bin`)];
  const events = written(4, 12_000, 10);
  writeFileSync(path, events.map((event) => `${stringifyJson(event)}\n`).join(''));
  const byLine = () => shown(replay(parseEventLines(readFileSync(path), 0, 1, () => new Error('damaged')).events));
  const read = async () => shown(replay((await readEvents(library, id)).events));
  expect(await read()).toEqual(byLine());
  expect(stringifyJson((await readEvents(library, id)).events.slice(-1000))).toBe(stringifyJson(events.slice(-1000)));

  appendFileSync(path, `${stringifyJson(events[0])}\n{"type":"ste`);
  const torn = await readEvents(library, id);
  expect(torn).toMatchObject({ torn: { line: 12_002, bytes: 12 }, wholeBytes: readFileSync(path).length - 12 });
  writeFileSync(path, readFileSync(path).subarray(0, torn.wholeBytes));
  expect(await read()).toEqual(byLine());

  // That the columns are what is read shows where they say something else.
  const columns = readFileSync(cache);
  columns.writeDoubleLE(-1, 24 + Number(columns.readBigUInt64LE(16)));
  const firstStep = async () => replay((await readEvents(library, id)).events).steps.column('step')[0];
  writeFileSync(cache, columns);
  expect(await firstStep()).toBe(-1);
  // A file that was touched is compared with the hash, once; one that was not is not even read.
  const hashed = Buffer.from(columns);
  hashed.write('0000', hashed.indexOf('"sha256":"') + 10);
  utimesSync(path, 1, 1);
  expect(await firstStep()).toBe(-1);
  writeFileSync(cache, Buffer.concat([readFileSync(cache).subarray(0, 16), hashed.subarray(16)]));
  expect(await firstStep()).toBe(-1);
  utimesSync(path, 2, 2);
  expect(await read()).toEqual(byLine());
  // Another beginning has another hash: what was read before does not count.
  const text = readFileSync(path);
  text[text.indexOf('"atMs":0') + 7] = 0x37;
  writeFileSync(path, text);
  expect(await read()).toEqual(byLine());
  writeFileSync(cache, readFileSync(cache).subarray(0, 5000));
  expect(await read()).toEqual(byLine());
  rmSync(cache);
  await readEvents(library, id);
  expect(existsSync(cache)).toBe(true);
});
