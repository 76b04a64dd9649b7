import { runProgram } from '../library/program';

const asText = (cell: string): string | null => cell;
function asNumber(cell: string): number | null {
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

/** What is asked of each GPU: nvidia-smi's name of a field, and how its cells are read. Its units are in ours. */
const gpuColumns = {
  index: ['index', asNumber], name: ['name', asText], uuid: ['uuid', asText], driverVersion: ['driver_version', asText], pciBusId: ['pci.bus_id', asText],
  totalMemoryMiB: ['memory.total', asNumber], freeMemoryMiB: ['memory.free', asNumber], usedMemoryMiB: ['memory.used', asNumber],
  computeCapability: ['compute_cap', asText], computeMode: ['compute_mode', asText], migMode: ['mig.mode.current', asText],
  loadPercent: ['utilization.gpu', asNumber], temperatureCelsius: ['temperature.gpu', asNumber], powerWatts: ['power.draw', asNumber], powerLimitWatts: ['power.limit', asNumber],
} as const;

/** What is asked of each process that computes on a GPU. */
const processColumns = { pid: ['pid', asNumber], usedMemoryMiB: ['used_memory', asNumber] } as const;

type Columns = Readonly<Record<string, readonly [name: string, read: (cell: string) => string | number | null]>>;
/** null: the driver does not tell. */
type Row<C extends Columns, F extends keyof C> = { readonly [K in F]: ReturnType<C[K][1]> };

/** `unreadable`: it ended well, and what it printed is no table of what was asked. */
interface SmiFailure {
  readonly code: 'absent' | 'no-answer' | 'failed' | 'unreadable';
  /** null where it did not end by itself. */
  readonly exitCode: number | null;
  readonly output: string;
}
type SmiRows<R> = { readonly rows: readonly R[]; readonly failure: null } | { readonly rows: null; readonly failure: SmiFailure };

export type GpuField = keyof typeof gpuColumns;
type GpuRow<F extends GpuField> = Row<typeof gpuColumns, F>;

/** A row a GPU. @param gpu one GPU alone, by its index or uuid */
export const queryGpus = <F extends GpuField>(fields: readonly F[], timeoutMs: number, gpu?: string): Promise<SmiRows<GpuRow<F>>> =>
  query(gpuColumns, fields, '--query-gpu', timeoutMs, gpu === undefined ? [] : [`--id=${gpu}`]);

/** A row a process and GPU; none in a container that sees no process of the driver's. */
export const queryComputeProcesses = <F extends keyof typeof processColumns>(fields: readonly F[], timeoutMs: number): Promise<SmiRows<Row<typeof processColumns, F>>> =>
  query(processColumns, fields, '--query-compute-apps', timeoutMs);

async function query<C extends Columns, F extends keyof C & string>(columns: C, fields: readonly F[], what: string, timeoutMs: number, more: readonly string[] = []): Promise<SmiRows<Row<C, F>>> {
  const end = await runProgram('nvidia-smi', [...more, `${what}=${fields.map((field) => columns[field]![0]).join(',')}`, '--format=csv,noheader,nounits'], { timeoutMs });
  const failed = (code: SmiFailure['code'], exitCode: number | null, output: string) => ({ rows: null, failure: { code, exitCode, output } });
  if (end.kind === 'not-found') return failed('absent', null, '');
  const output = `${end.stdout}${end.stderr}`.trim();
  if (end.kind === 'timed-out') return failed('no-answer', null, `${output}\nno answer in ${timeoutMs / 1000} seconds`.trim());
  if (end.code !== 0) return failed('failed', end.code, output);
  const table = end.stdout.split('\n').filter((line) => line.trim()).map((line) => line.split(',').map((cell) => cell.trim()));
  if (table.some((cells) => cells.length !== fields.length)) return failed('unreadable', end.code, output);
  const row = (cells: readonly string[]) => Object.fromEntries(fields.map((field, i) => [field, told(cells[i]!) ? columns[field]![1](cells[i]!) : null])) as Row<C, F>;
  return { rows: table.map(row), failure: null };
}

/** Cells that say why there is no value: "[N/A]", "[Not Supported]", "[Unknown Error]", "[GPU requires reset]"; of old drivers without brackets. */
const told = (cell: string): boolean => cell !== '' && !/^(\[.*\]|N\/A|Not Supported|Unknown Error|Insufficient Permissions)$/i.test(cell);
