/** What of the npm packages goes into the Debian package. Pure, so that a test can go through the lock file. */

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly libc?: readonly string[];
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}
/** `packages` of package-lock.json: path from the project → package. */
export type Lock = Readonly<Record<string, LockedPackage>>;

/** Types and what only Bare, another runtime, asks for: Node loads none of it. */
const neverLoaded = /^node_modules\/(?:@types\/|bare-(?!events))/;

const runsHere = ({ os, cpu, libc }: LockedPackage) => (!os || os.includes('linux')) && (!cpu || cpu.includes('x64')) && (!libc || libc.includes('glibc'));

/** Paths of the packages that `roots` need at run time on Linux x64, as Node finds them, in the order of the lock file. */
export function closure(lock: Lock, roots: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (name: string, from: string) => {
    const path = resolveFrom(lock, name, from);
    if (path === null || found.has(path) || neverLoaded.test(path) || !runsHere(lock[path]!)) return;
    found.add(path);
    const { dependencies, optionalDependencies } = lock[path]!;
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next, path);
  };
  for (const name of roots) visit(name, '');
  return Object.keys(lock).filter((path) => found.has(path));
}

/** Node's own search: the nearest node_modules that holds it, upwards from the package that asks. */
function resolveFrom(lock: Lock, name: string, from: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (lock[path]) return path;
    if (folder === '') return null;
  }
}

const unneeded = /\.(?:map|md|markdown|flow|tsbuildinfo|d\.[mc]?ts|[mc]?ts|cc|h|gyp|yml|yaml|snap)$|(?:^|\/)(?:test|tests|__tests__|docs?|examples?|demo|coverage|\.github)\/|(?:^|\/)(?:\.\w[^/]*|tsconfig[^/]*\.json|yarn\.lock|Makefile|Gruntfile\.js|karma\.conf\.js)$/i;
const licenceFile = /(?:^|\/)(?:licen[cs]e|copying|notice|copyright|third.?party)[^/]*$/i;

/** Which file of each of TensorFlow.js's packages Node loads: one bundle; the sources, the browser's and the tests' bundles stay behind. */
const tensorFlowBundle = /^dist\/[\w-]+\.node\.js$|^dist\/[\w-]+\.wasm$/;

/** Whether a file of a shipped package goes along. @param path of the package in the project @param file inside of it, with / */
export function ships(path: string, file: string): boolean {
  if (licenceFile.test(file) || file === 'package.json') return true;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  if (name === '@tensorflow/tfjs-node-gpu') return /^dist\/.*\.js$/.test(file) || file === 'lib/napi-v8/tfjs_binding.node';
  if (name.startsWith('@tensorflow/')) return tensorFlowBundle.test(file);
  if (name === 'onnxruntime-node') return /^dist\/.*\.js$/.test(file) || /^bin\/napi-v\d+\/linux\/x64\//.test(file);
  return !unneeded.test(file);
}

/** Bare names that source text imports: "@scope/name" or "name", without what lies below. */
export function importedPackages(text: string): string[] {
  const names = [...text.matchAll(/(?:from|import|@import)\s*\(?\s*['"]([^'"./][^'"]*)['"]/g)].map((match) => match[1]!);
  return [...new Set(names.filter((name) => !name.startsWith('node:')).map((name) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')))];
}
