import type { ExperimentCalls } from '../../contracts/calls/experiments';
import type { IpcCalls, IpcPush, IpcPushes } from '../../contracts/ipc';
import type { ExperimentSummary, QueueState } from '../../contracts/runs';
import { parseExperiment } from '../../core/config/experiment';
import { problemText } from '../../core/config/problems';
import { rungsOf } from '../../core/design/halving';
import { plannedRunCount } from '../../core/design/nextRuns';
import { fakeComparison, type fakeExperiments } from './fakeComparisons';
import type { FakeRun } from './fakeRuns';

interface World {
  push<P extends IpcPush>(name: P, payload: IpcPushes[P]): void;
  queue(): QueueState;
  setQueue(next: QueueState): QueueState;
  /** @throws Error for an unknown run */
  run(id: string): FakeRun;
  readonly classes: readonly string[];
  readonly experiments: ReturnType<typeof fakeExperiments>;
  /** 80 images, 32 × 32 × 3. */
  images(): Promise<Uint8Array>;
}

type Calls = Omit<ExperimentCalls, `predictions.${string}`> & Pick<IpcCalls, 'quickstart.start'>;
type Handlers = { [C in keyof Calls]: (...args: Calls[C]['args']) => Calls[C]['value'] | Promise<Calls[C]['value']> };

const quickstart: ExperimentSummary = { id: 'quickstart', name: 'Quickstart', question: '', createdAt: '2026-11-25T09:00:00.000Z', arms: [] };
const none = (what: string): never => { throw new Error(`no ${what} here`); };

/** What stands in for main's answers about experiments. */
export function fakeExperimentCalls(world: World): Handlers {
  return {
    'quickstart.start': () => quickstart,
    'experiments.plan': (document) => {
      const parsed = parseExperiment(document);
      if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('\n'));
      const { config, arms } = parsed.value;
      const durationByArm = Object.fromEntries(arms.map(({ key, runs }) => [key, runs.reduce((sum, { epochs }) => sum + epochs * 75_000, 0)]));
      return {
        runs: plannedRunCount(config), arms: arms.map(({ key, levels }) => ({ key, levels })), rungs: rungsOf(config, arms.length), leftOut: 0, reused: [],
        durationMs: Object.values(durationByArm).reduce((sum, ms) => sum + ms, 0), durationByArm, diskBytes: plannedRunCount(config) * 90e6, freeBytes: 41.1e9,
        earlierDeviation: { points: 0.31, experiments: 2 }, ahead: world.queue().waitingRunIds.length,
      };
    },
    'experiments.start': ({ name, question = '' }) => ({ ...quickstart, name, question }),
    'experiments.list': () => world.experiments.map(({ record: { summary, progress, comparison, config } }) => ({ id: summary.id, name: summary.name, question: summary.question, createdAt: summary.createdAt, progress, seeds: config.seeds.length, runIds: summary.arms.flatMap((arm) => arm.runIds), comparison, failure: null })),
    'experiments.get': (id) => world.experiments.find(({ record }) => record.summary.id === id)?.record ?? none(`experiment ${id}`),
    'experiments.extend': () => quickstart,
    'experiments.cutShort': () => null,
    'experiments.delete': () => null,
    'experiments.restore': () => null,
    'experiments.note': () => null,
    'experiments.testLists': () => [],
    'experiments.openTest': () => [],
    'experiments.addExample': () => quickstart,
    'compare.runs': (ids) => fakeComparison(ids.map((id) => world.run(id))),
    'dataset.images': async (_, indices) => {
      const all = await world.images();
      const bytes = 32 * 32 * 3;
      const pixels = new Uint8Array(indices.length * bytes);
      indices.forEach((index, at) => { pixels.set(all.subarray((index % 80) * bytes, (index % 80 + 1) * bytes), at * bytes); });
      return { width: 32, height: 32, pixels };
    },
    'queue.pause': () => world.setQueue({ ...world.queue(), paused: true }),
    'queue.continue': () => world.setQueue({ ...world.queue(), paused: false, held: null }),
    'queue.atOnce': (atOnce) => world.setQueue({ ...world.queue(), atOnce }),
    'queue.move': (runId, toIndex) => {
      const others = world.queue().waitingRunIds.filter((waiting) => waiting !== runId);
      return world.setQueue({ ...world.queue(), waitingRunIds: [...others.slice(0, toIndex), runId, ...others.slice(toIndex)] });
    },
    'report.save': () => null,
    'report.preview': () => '<!doctype html><title>Report</title>',
    'file.save': (name, content) => ({ path: `/home/me/${name}`, bytes: content.length }),
  };
}
