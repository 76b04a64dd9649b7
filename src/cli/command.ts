/** What a command gets: the library, and its own words from the command line. */
export interface CommandContext {
  readonly library: string;
  readonly json: boolean;
  readonly positionals: readonly string[];
  readonly options: { readonly resume?: string; readonly format?: string; readonly out?: string; readonly deep?: boolean; readonly split?: string; readonly 'open-test'?: boolean; readonly precision?: string; readonly fold?: boolean; readonly checkpoint?: string; readonly 'keep-failed'?: boolean; readonly 'parity-images'?: string; readonly wait?: boolean; readonly plan?: boolean; readonly tta?: string; readonly margin?: string };
}

export interface Command {
  readonly usage: string;
  readonly does: string;
  /** Names of the options it takes besides --json, --library and --help. */
  readonly options: readonly (keyof CommandContext['options'])[];
  /** @returns the exit code */
  run(context: CommandContext): Promise<number>;
}
