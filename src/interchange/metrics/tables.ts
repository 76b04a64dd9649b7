import { epochColumns, epochFigures, flatConfig, rateColumns, stepColumns, type RunMetrics } from './runMetrics';

/** Version of the metrics' JSON and of the tables' columns. */
const schemaVersion = 1;

/** All figures of all runs as one document; numbers that JSON lacks are texts when it is written (`stringifyJson`). */
export function metricsDocument(name: string, runs: readonly RunMetrics[]) {
  return {
    schemaVersion, name,
    runs: runs.map(({ manifest, view }) => ({
      id: manifest.id, name: manifest.name, status: manifest.status, seed: manifest.seed, experimentId: manifest.experimentId, dataset: manifest.dataset, config: manifest.config.resolved,
      environment: manifest.environment, createdAt: manifest.createdAt, startedAt: manifest.startedAt, endedAt: manifest.endedAt,
      steps: Object.fromEntries(stepColumns.map((column) => [column, [...view.steps.column(column)]])),
      rates: Object.fromEntries(rateColumns.map((column) => [column, [...view.rates.column(column)]])),
      epochs: view.epochs.map((epoch) => ({ epoch: epoch.epoch, step: epoch.step, ...epochFigures(epoch) })),
    })),
  };
}

type Field = string | number | boolean | null | undefined;

/** RFC 4180 with a byte order mark, so that Excel reads Japanese. A text that a spreadsheet would take for a formula gets an apostrophe in front. */
function csv(rows: Iterable<readonly Field[]>): string {
  const lines: string[] = [];
  for (const row of rows) lines.push(row.map(field).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function field(value: Field): string {
  if (value === null || value === undefined) return '';
  // NaN and infinities stay words, as pandas reads them: a loss that broke down is a result.
  if (typeof value !== 'string') return typeof value === 'number' && !Number.isFinite(value) ? String(value).replace('Infinity', 'inf') : String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The files of a CSV export: one row a run, an epoch, a step, a reading of the rate. Every row names its run, so that files join on `runId`. */
export function metricsCsv(runs: readonly RunMetrics[]): Readonly<Record<string, string>> {
  const configs = runs.map(({ manifest }) => flatConfig(manifest.config.resolved));
  const fields = [...new Set(configs.flatMap((config) => Object.keys(config)))];
  return {
    'runs.csv': csv([
      ['runId', 'run', 'status', 'experimentId', 'dataset', 'datasetRevision', 'createdAt', 'startedAt', 'endedAt', 'lastEpoch', 'lastValidationAccuracy', 'bestEpoch', 'bestValidationAccuracy', ...fields],
      ...runs.map(({ manifest: { id, name, status, experimentId, dataset, createdAt, startedAt, endedAt, summary } }, i) => [
        id, name, status, experimentId, dataset.id, dataset.revision, createdAt, startedAt, endedAt, summary.lastValidation?.epoch, summary.lastValidation?.accuracy,
        summary.bestValidation?.epoch, summary.bestValidation?.accuracy, ...fields.map((path) => configs[i]![path]),
      ]),
    ]),
    'epochs.csv': csv(rowsOf(['epoch', 'step', ...epochColumns], runs, ({ view }) =>
      view.epochs.map((epoch) => [epoch.epoch, epoch.step, ...Object.values(epochFigures(epoch))]))),
    'steps.csv': csv(rowsOf(stepColumns, runs, ({ view }) => transposed(stepColumns.map((column) => view.steps.column(column))))),
    'rates.csv': csv(rowsOf(rateColumns, runs, ({ view }) => transposed(rateColumns.map((column) => view.rates.column(column))))),
  };
}

function* rowsOf(columns: readonly string[], runs: readonly RunMetrics[], rows: (run: RunMetrics) => Iterable<readonly Field[]>): Iterable<readonly Field[]> {
  yield ['runId', 'run', 'seed', ...columns];
  for (const run of runs) for (const row of rows(run)) yield [run.manifest.id, run.manifest.name, run.manifest.seed, ...row];
}

function* transposed(columns: readonly Float64Array[]): Iterable<number[]> {
  for (let i = 0; i < (columns[0]?.length ?? 0); i++) yield columns.map((column) => column[i]!);
}
