import type { ErrorCode } from '../../../contracts/errors';

/** What a button beside an error does. `go`: a page where it is mended. `folder`: the library's, in the file manager. `queue`: the queue tries again. */
export type Remedy = { readonly kind: 'go'; readonly to: string; readonly label: string } | { readonly kind: 'folder' } | { readonly kind: 'queue' };

const go = (to: string, label: string): Remedy => ({ kind: 'go', to, label: `desktop.remedy.${label}` });
const system = go('/system/doctor', 'system');
const storage = go('/system/storage', 'storage');
const library = go('/library', 'library');
const datasets = go('/datasets', 'datasets');

/**
 * By code, what the app can do about an error wherever it is shown. null: what helps is where the error stands (its form, "Try again", a
 * run's own buttons in draftFix.ts), or is a command that the error names.
 */
export const remedies: Readonly<Record<ErrorCode, Remedy | null>> = {
  'config-invalid': null, 'config-unreadable': null, usage: null,
  'run-unknown': library, 'experiment-unknown': library, 'dataset-unknown': datasets,
  'destination-exists': null, 'destination-unwritable': null,
  'platform-unsupported': system, 'node-too-old': system, 'python-missing': system, 'pip-missing': system, 'compiler-missing': system,
  'network-unreachable': null, 'hash-mismatch': null, 'download-failed': null,
  'disk-full': storage, 'permission-denied': { kind: 'folder' },
  'binding-build-failed': system, 'system-packages-missing': system, 'electron-unavailable': system, 'display-missing': system, 'setup-locked': null,
  'runtime-missing': system, 'runtime-unloadable': system, 'probe-failed': system, 'gpu-unusable': system,
  'dataset-damaged': datasets, 'dataset-in-use': library, 'import-unreadable': null, 'import-cancelled': null, 'import-crashed': null,
  'library-read-only': { kind: 'folder' }, 'library-damaged': { kind: 'folder' }, 'run-damaged': { kind: 'folder' }, 'run-locked': null, 'checkpoint-damaged': null,
  'export-damaged': null, 'export-running': null, 'export-cancelled': null, 'export-crashed': null,
  'weights-unreadable': null, 'weights-mismatch': null, 'image-unreadable': null, 'archive-damaged': null, 'archive-conflict': null, 'archive-cancelled': null,
  'tool-running': null, 'tool-cancelled': null,
  'loss-not-finite': null, 'precision-emulated': null, 'xla-slower': null, 'out-of-memory': null,
  'trainer-crashed': null, 'trainer-crash-loop': { kind: 'queue' }, 'trainer-unresponsive': null, internal: null,
};
