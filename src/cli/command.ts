/** What a command gets: the library, and its own words from the command line. */
export interface CommandContext {
  readonly library: string;
  readonly json: boolean;
  readonly positionals: readonly string[];
  readonly options: InterchangeOptions & ToolOptions & DatasetOptions & { readonly resume?: string; readonly epochs?: string; readonly schedule?: string; readonly format?: string; readonly out?: string; readonly deep?: boolean; readonly split?: string; readonly 'open-test'?: boolean; readonly precision?: string; readonly fold?: boolean; readonly 'no-matrix'?: boolean; readonly temperature?: boolean; readonly checkpoint?: string; readonly 'keep-failed'?: boolean; readonly 'parity-images'?: string; readonly wait?: boolean; readonly plan?: boolean; readonly tta?: string; readonly without?: string; readonly variant?: string; readonly arm?: string; readonly margin?: string; readonly language?: string; readonly force?: boolean; readonly 'no-compute'?: boolean; readonly table?: string; readonly figure?: string; readonly tag?: string; readonly find?: string };
}

export interface Command {
  readonly usage: string;
  readonly does: string;
  /** Names of the options it takes besides --json, --library and --help. */
  readonly options: readonly (keyof CommandContext['options'])[];
  /** @returns the exit code */
  run(context: CommandContext): Promise<number>;
}

/** Options of predict, weights and archive. */
interface InterchangeOptions {
  readonly model?: string;
  readonly stem?: string;
  readonly classes?: string;
  readonly 'no-checkpoints'?: boolean;
  readonly 'as-new'?: boolean;
  readonly top?: string;
  readonly fit?: string;
  /** Also of evaluate and export. */
  readonly weights?: string;
}

/** Options of lr-range, largest-batch, embeddings, gradcam and augment. */
interface ToolOptions {
  readonly from?: string;
  readonly to?: string;
  readonly steps?: string;
  readonly most?: string;
  readonly 'memory-gb'?: string;
  readonly map?: string;
  readonly seed?: string;
  readonly class?: string;
  readonly image?: string;
  readonly policy?: string;
  readonly epoch?: string;
  readonly draws?: string;
  readonly op?: string;
  readonly magnitude?: string;
  readonly input?: string;
}

/** Options of dataset import, show, describe and remove. */
interface DatasetOptions {
  readonly name?: string;
  readonly size?: string;
  readonly test?: string;
  readonly validation?: string;
  readonly licence?: string;
  readonly seed?: string;
  readonly revision?: string;
  readonly note?: string;
  readonly source?: string;
  readonly near?: string;
  readonly again?: boolean;
  readonly run?: string;
  readonly twins?: boolean;
  readonly remove?: boolean;
}
