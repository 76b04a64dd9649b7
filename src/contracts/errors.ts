/**
 * Errors that reach a person. They cross processes as plain data (`CultivarErrorData`) and are thrown as `CultivarError`.
 * A code is stable: tests, translations and the window's "what to do" button hang on it.
 */
export const errorCodes = [
  // the user's input
  'config-invalid',
  'config-unreadable',
  'usage',
  'run-unknown',
  'experiment-unknown',
  'dataset-unknown',
  'destination-exists',
  'destination-unwritable',
  // setting up
  'platform-unsupported',
  'node-too-old',
  'python-missing',
  'pip-missing',
  'compiler-missing',
  'network-unreachable',
  'hash-mismatch',
  'disk-full',
  'permission-denied',
  'download-failed',
  'binding-build-failed',
  'system-packages-missing',
  'electron-unavailable',
  'display-missing',
  'setup-locked',
  // the native runtime and its device
  'runtime-missing',
  'runtime-unloadable',
  'probe-failed',
  'gpu-unusable',
  // data and the library
  'dataset-damaged',
  'dataset-in-use',
  'import-unreadable',
  'import-cancelled',
  'import-crashed',
  'library-read-only',
  'library-damaged',
  'run-damaged',
  'run-locked',
  'checkpoint-damaged',
  // exports
  'export-damaged',
  'export-running',
  'export-cancelled',
  'export-crashed',
  // interchange
  'weights-unreadable',
  'weights-mismatch',
  'image-unreadable',
  'archive-damaged',
  'archive-conflict',
  'archive-cancelled',
  // tools around a network
  'tool-running',
  'tool-cancelled',
  // training
  'loss-not-finite',
  'precision-emulated',
  'xla-slower',
  'out-of-memory',
  'trainer-crashed',
  'trainer-crash-loop',
  'trainer-unresponsive',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export interface CultivarErrorData {
  readonly code: ErrorCode;
  /** What happened, and why: one sentence or two. */
  readonly message: string;
  /** What to do about it; may hold a command. */
  readonly remedy?: string;
  /** A command that mends it, ready to paste. */
  readonly command?: string;
  /** For the log and "copy diagnostics": stack, stderr tail. Never shown first. */
  readonly detail?: string;
}

export class CultivarError extends Error implements CultivarErrorData {
  readonly code: ErrorCode;
  readonly remedy?: string;
  readonly command?: string;
  readonly detail?: string;

  constructor(data: CultivarErrorData, options?: { cause?: unknown }) {
    super(data.message, options as ErrorOptions);
    this.name = 'CultivarError';
    this.code = data.code;
    this.remedy = data.remedy;
    this.command = data.command;
    this.detail = data.detail;
  }

  toData(): CultivarErrorData {
    const { code, message, remedy, command, detail } = this;
    return { code, message, ...(remedy && { remedy }), ...(command && { command }), ...(detail && { detail }) };
  }
}

/** Any thrown thing as data that can cross a process. Unknown errors become 'internal' with their stack as detail. */
export function toErrorData(error: unknown): CultivarErrorData {
  if (error instanceof CultivarError) return error.toData();
  if (error instanceof Error) return { code: 'internal', message: error.message, detail: error.stack };
  return { code: 'internal', message: String(error) };
}
