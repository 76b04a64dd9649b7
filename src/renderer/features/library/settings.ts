import { getAt } from '../../../core/design/withField';
import type { ListedRun, RunSummary } from '../../../contracts/runs';
import { causesOf } from '../../../core/config/diff';
import type { RunConfig } from '../../../core/config/run';

/** Read again with every change of a list of a thousand. */
const known = new WeakMap<RunConfig, string>();

/** What a config says but for its seed: runs that share it differ by chance alone. */
export function seedless(config: RunConfig): string {
  let text = known.get(config);
  if (text === undefined) known.set(config, (text = JSON.stringify(withoutSeed(config))));
  return text;
}

const withoutSeed = (config: RunConfig) => { const { seed: _seed, ...rest } = causesOf(config); return rest; };

/** First those that are asked about most. */
const usual = ['augmentation', 'epochs', 'model.architecture', 'model.stem', 'optimizer.kind', 'schedule.learningRate', 'optimizer.filterLearningRate', 'batchSize', 'labelSmoothing', 'optimizer.weightDecay', 'data.dataset', 'data.trainImages'];

/** Settings in which runs differ and that can change a result, seeds left out: what a table can be grouped by, and shows as columns. */
export function varyingFields(runs: readonly ListedRun[]): string[] {
  // Most of a thousand runs share their config with others.
  const configs = new Map(runs.filter((run): run is RunSummary => run.status !== 'damaged').map(({ config }) => [seedless(config), config]));
  const all = [...configs.values()].map(withoutSeed);
  const paths = new Set<string>();
  for (const config of all) collectPaths(config, '', paths);
  const varying = [...paths].filter((path) => new Set(all.map((config) => JSON.stringify(getAt(config, path) ?? null))).size > 1);
  const place = (path: string) => (usual.includes(path) ? usual.indexOf(path) : usual.length);
  return varying.sort((a, b) => place(a) - place(b));
}

function collectPaths(value: unknown, path: string, paths: Set<string>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) paths.add(path);
  else for (const [key, inner] of Object.entries(value)) collectPaths(inner, path === '' ? key : `${path}.${key}`, paths);
}
