import { randomBytes } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** A base folder of the XDG Base Directory Specification, which says that a relative value is to be ignored. */
const xdg = (value: string | undefined, fallback: string) => (value && isAbsolute(value) ? value : join(homeFolder(), fallback));

/** `homedir` takes an empty HOME as it is, and the library would lie wherever the command was given. */
const homeFolder = () => homedir() || userInfo().homedir;

/**
 * The library folder: `given` (`--library`), else CULTIVAR_LIBRARY, else `cultivar` in the user's data folder.
 * The same rule for the app and the command line, so that both see the same runs.
 */
export function libraryFolder(given?: string, environment: Environment = process.env): string {
  return resolve(given || environment.CULTIVAR_LIBRARY || join(xdg(environment.XDG_DATA_HOME, '.local/share'), 'cultivar'));
}

/** The cache folder: what is in it can be fetched or made again. CULTIVAR_CACHE, else `cultivar` in the user's cache folder. */
export function cacheFolder(environment: Environment = process.env): string {
  return resolve(environment.CULTIVAR_CACHE || join(xdg(environment.XDG_CACHE_HOME, '.cache'), 'cultivar'));
}

/** Settings of the window and its browser's profile, where Electron looks for them. */
export function settingsFolder(environment: Environment = process.env): string {
  return join(xdg(environment.XDG_CONFIG_HOME, '.config'), 'cultivar');
}

export const datasetFolder = (library: string, id: string) => join(library, 'datasets', checkedId(id));
export const runFolder = (library: string, id: string) => join(library, 'runs', checkedId(id));
export const experimentFolder = (library: string, id: string) => join(library, 'experiments', checkedId(id));
/** Deleted runs, until the bin is emptied. */
export const binFolder = (library: string) => join(library, 'bin');
export const binnedExperimentFolder = (library: string, id: string) => join(binFolder(library), binnedExperiments, checkedId(id));
/** Beside deleted runs: no run has this id, since each ends in six random characters. */
export const binnedExperiments = 'experiments';
/** Weights that were taken out of a run whose record stays. No run has this id either. */
export const binnedWeights = 'weights';
export const binnedWeightsFolder = (library: string, id: string) => join(binFolder(library), binnedWeights, checkedId(id));
export const runLockFile = (library: string, id: string) => join(runFolder(library, id), 'lock');
/** Held by the one process that starts this library's waiting runs. */
export const schedulerLockFile = (library: string) => join(library, 'scheduler.lock');

const idPattern = /^[a-z0-9][a-z0-9-]{0,79}$/;

/** Whether a text can be an id: only these ever become part of a path. */
export const isId = (text: string) => idPattern.test(text);

function checkedId(id: string): string {
  if (!isId(id)) throw new RangeError(`Not an id: ${JSON.stringify(id)}. Ids are small letters, digits and hyphens.`);
  return id;
}

/** Small ASCII letters, digits and hyphens from any name, at most 40; `fallback` where nothing is left (a Japanese name). */
export function slug(name: string, fallback: string): string {
  const ascii = name.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  return ascii.replace(/[^a-z0-9]+/g, '-').slice(0, 40).replace(/^-+|-+$/g, '') || fallback;
}

/** A new folder name: the slug of a name and six random characters. The name itself is kept in the manifest. */
export function newId(name: string, fallback: string): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const unique = [...randomBytes(6)].map((byte) => letters[byte % letters.length]).join('');
  return `${slug(name, fallback)}-${unique}`;
}
