import type { RunConfig } from './run';

/** A config without the fields that change no result. */
export function causesOf({ name: _name, workers: _workers, checkpointEveryMinutes: _rhythm, keepOptimizerState: _kept, ...all }: RunConfig) {
  // A state is what its hash says, whichever run it was; a list is its images, whatever it is called.
  const { exclude } = all.data;
  const causes = { ...all, data: { ...all.data, exclude: exclude && { sha256: exclude.sha256 } }, continues: all.continues && withoutRun(all.continues) };
  const { start } = causes.model;
  if (start === 'scratch') return causes;
  // Weights are what their hash says, wherever the file lay.
  const { path: _path, ...weights } = start;
  return { ...causes, model: { ...causes.model, start: weights } };
}

const withoutRun = ({ runId: _run, ...state }: NonNullable<RunConfig['continues']>) => state;

/** Paths of the fields that can change a result and differ, in the config's order: `schedule.learningRate`. */
export function differingCauses(a: RunConfig, b: RunConfig): string[] {
  return differing(causesOf(a), causesOf(b), []);
}

function differing(a: unknown, b: unknown, path: readonly string[]): string[] {
  if (isObject(a) && isObject(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => differing(a[key], b[key], [...path, key]));
  }
  return JSON.stringify(a) === JSON.stringify(b) ? [] : [path.join('.')];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
