import { hostname, homedir, userInfo } from 'node:os';
import type { DoctorReport } from '../contracts/doctor';
import type { CultivarErrorData } from '../contracts/errors';
import { masked, type Private } from '../contracts/masked';
import type { StoredEvent } from '../core/run/events';

export interface Surroundings {
  readonly version: string;
  /** The last report of the doctor; null before the first. */
  readonly report: DoctorReport | null;
  /** What main wrote of late. */
  readonly lines: readonly string[];
  /** Of the run that the error is about; empty where there is none. */
  readonly events: readonly StoredEvent[];
  readonly own: Private;
}

const keptEvents = 12;

/** An error for a mail or an issue: its code, words and stack, then versions, device and the last lines of the log. Names nobody (contracts/masked.ts). */
export function diagnostics(error: CultivarErrorData, { version, report, lines, events, own }: Surroundings): string {
  const { electron, chrome, node } = process.versions;
  const log = events.filter(({ type }) => type !== 'steps' && type !== 'rate' && type !== 'rates').slice(-keptEvents);
  return masked([
    `${error.code}: ${error.message}`, error.remedy, error.command && `$ ${error.command}`,
    '', `Cultivar ${version}, Electron ${electron ?? 'none'}, Chrome ${chrome ?? 'none'}, Node ${node}, TensorFlow ${report?.versions.tensorflow ?? 'not loaded'}`,
    `${process.platform} ${process.arch}; training runs on: ${report?.device ? `${report.device.name} (${report.device.kind.toUpperCase()})` : 'not checked yet'}${report?.device?.gpuNotUsed ? `, GPU not used: ${report.device.gpuNotUsed}` : ''}`,
    ...section('Details', error.detail?.split('\n') ?? []),
    ...section('Last events of the run', log.map((event) => JSON.stringify(event))),
    ...section('Last lines of the app', lines),
    '',
  ].filter((line) => line !== undefined).join('\n'), own);
}

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `    ${line}`)]);

/** Names and folders of this computer. */
export function ownNames(libraryDir: string, cacheDir: string): Private {
  return { folders: { LIBRARY: libraryDir, CACHE: cacheDir, '~': homedir() }, names: { USER: userName(), HOST: hostname() } };
}

/** A user without an entry in the system's list has no name to hide. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
