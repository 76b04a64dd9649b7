import type { CultivarErrorData } from '../contracts/errors';
import type { ImportOptions, ImportPlan, ImportProgress, ImportResult } from '../contracts/importing';

/** To the process that imports. */
export type ImporterCommand =
  | { readonly type: 'plan'; readonly library: string; readonly path: string }
  | { readonly type: 'import'; readonly library: string; readonly path: string; readonly options: ImportOptions }
  | { readonly type: 'cancel' };

/** From it. */
export type ImporterMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly progress: ImportProgress }
  | { readonly type: 'planned'; readonly plan: ImportPlan }
  | { readonly type: 'imported'; readonly result: ImportResult }
  | { readonly type: 'failed'; readonly error: CultivarErrorData };
