import type { ExportManifest, ExportProgress, ExportRequest, ExportResult } from '../exports';

/** What a person chooses; main names the folder. */
export type ExportChoice = Pick<ExportRequest, 'runId' | 'format' | 'precision' | 'fold' | 'checkpoint' | 'weights' | 'temperature' | 'keepFailed'>;

/** An earlier export that is still there. */
export interface MadeExport {
  readonly path: string;
  readonly manifest: ExportManifest;
}

export interface ExportCalls {
  /** Asks for the folder in which the export's own folder is made; null where the person cancelled. */
  'exports.chooseParent': { args: []; value: string | null };
  /**
   * Exports in a process of its own; progress is pushed. Answers once it is done. One at a time.
   * @param parent as `exports.chooseParent` gave it; null is the run's own folder
   */
  'exports.start': { args: [choice: ExportChoice, parent: string | null]; value: ExportResult };
  'exports.cancel': { args: []; value: null };
  'exports.list': { args: [runId: string]; value: readonly MadeExport[] };
}

export interface ExportPushes {
  'export.progress': { readonly runId: string; readonly progress: ExportProgress };
}
